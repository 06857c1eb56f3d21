import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_words_beside_the_log'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('seal', models.CharField(default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=60)),
                ('partnership', models.CharField(blank=True, max_length=60)),
                ('deed', models.CharField(max_length=30)),
                ('subject', models.CharField(max_length=80)),
                ('sealed_detail', models.JSONField(default=dict)),
                ('previous', models.CharField(max_length=64)),
                ('seal', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['partnership', '-number'], name='audit_entry_partner_74056e_idx'), models.Index(fields=['subject', '-number'], name='audit_entry_subject_b60f3a_idx')],
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('text', models.TextField(blank=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='audit.entry')),
            ],
            options={
                'verbose_name_plural': 'words',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('entry', 'name'), name='one_wording_a_column')],
            },
        ),
    ]
