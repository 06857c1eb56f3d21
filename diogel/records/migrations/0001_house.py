import diogel.people.access
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('records', '0001_initial'),
    ]

    dependencies = [
        ('people', '0001_house'),
        ('places', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(max_length=20)),
                ('reference', models.CharField(max_length=40)),
                ('status', models.CharField(max_length=20)),
                ('visibility', models.CharField(choices=[(diogel.people.access.Visibility['PUBLIC'], 'public'), (diogel.people.access.Visibility['PARTNERSHIP'], 'partnership'), (diogel.people.access.Visibility['GROUP'], 'group'), (diogel.people.access.Visibility['CASE'], 'case: named people only')], default=diogel.people.access.Visibility['PARTNERSHIP'], max_length=12)),
                ('opened_on', models.DateField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('keep_until', models.DateField(blank=True, null=True)),
                ('arises_from_kind', models.CharField(blank=True, max_length=30)),
                ('arises_from_reference', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='people.group')),
                ('lead_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='people.partnership')),
            ],
            options={
                'ordering': ['kind', 'reference'],
                'indexes': [models.Index(fields=['partnership', 'kind', 'status'], name='records_rec_partner_a4a31b_idx'), models.Index(fields=['due_on'], name='records_rec_due_on_a8201d_idx')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'kind', 'reference'), name='one_record_a_reference')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('owner', 'owner'), ('deputy', 'deputy'), ('named', 'named')], max_length=8)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='people.person')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='records.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'person', 'part'), name='one_part_each')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(blank=True, max_length=20)),
                ('to_status', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='records.record')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
    ]
