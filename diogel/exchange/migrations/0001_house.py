import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('exchange', '0001_initial'),
    ]

    dependencies = [
        ('people', '0001_house'),
        ('plan', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='GivenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.CharField(max_length=7)),
                ('language', models.CharField(choices=[('cy', 'Welsh'), ('en', 'English')], max_length=2)),
                ('stood', models.JSONField(default=dict, help_text='By action: what stood in each of its fields')),
                ('given_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_forms', to='plan.plan')),
            ],
            options={
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('language', models.CharField(choices=[('cy', 'Welsh'), ('en', 'English')], max_length=2)),
                ('quarter', models.CharField(blank=True, default='', help_text='Of which its updates speak, where the file does not say', max_length=7)),
                ('new_plan', models.JSONField(blank=True, default=dict, help_text='Code, title and days of the plan to be made, where none stands yet')),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('mappings', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be taken over'), ('taken', 'taken over'), ('undone', 'undone'), ('thrown', 'thrown away')], default='waiting', max_length=8)),
                ('made', models.JSONField(blank=True, default=list, help_text='Each row that was made or changed, with what it was before')),
                ('left', models.JSONField(blank=True, default=list, help_text='Cells that found no place')),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('received_at', models.DateTimeField()),
                ('received_by', models.CharField(max_length=60)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intakes', to='people.partnership')),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='intakes', to='plan.plan')),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Returned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('said', models.JSONField(default=dict, help_text='By action: what the file says in each field')),
                ('left', models.JSONField(blank=True, default=list)),
                ('kept', models.JSONField(blank=True, default=dict, help_text='By action: the texts that met and were not chosen')),
                ('state', models.CharField(choices=[('waiting', 'waiting to be taken over'), ('taken', 'taken over'), ('thrown', 'thrown away')], default='waiting', max_length=8)),
                ('received_at', models.DateTimeField()),
                ('received_by', models.CharField(max_length=60)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='exchange.givenform')),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='KnownHeads',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('kind', models.CharField(blank=True, max_length=12)),
                ('fields', models.JSONField(blank=True, default=list)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_heads', to='people.partnership')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='one_reading_a_head')],
            },
        ),
    ]
