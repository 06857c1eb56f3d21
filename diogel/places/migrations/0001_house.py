import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('places', '0001_initial'),
        ('places', '0002_own_boundaries'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('authority', 'local authority'), ('csp', 'statistical community safety partnership'), ('force', 'police force area'), ('lsoa11', 'small area (LSOA) of 2011'), ('lsoa21', 'small area (LSOA) of 2021'), ('ward', 'ward'), ('own', 'own boundary')], max_length=10)),
                ('vintage', models.PositiveSmallIntegerField(help_text='The year of the boundary, such as 2011 or 2021')),
                ('name_cy', models.CharField(blank=True, default='', max_length=300)),
                ('name_en', models.CharField(blank=True, default='', max_length=300)),
                ('name_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('boundary', models.JSONField(blank=True, help_text='GeoJSON geometry, in degrees', null=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('parents', models.ManyToManyField(blank=True, related_name='children', to='places.area')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='predecessors', to='places.area')),
            ],
            options={
                'ordering': ['kind', 'code'],
                'constraints': [models.UniqueConstraint(fields=('code', 'kind'), name='area_code_within_kind'), models.CheckConstraint(condition=models.Q(models.Q(('name_state', 'checked'), _negated=True), models.Q(models.Q(('name_cy', ''), _negated=True), models.Q(('name_en', ''), _negated=True)), _connector='OR'), name='area_name_pair')],
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('residents', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='populations', to='places.area')),
            ],
            options={
                'ordering': ['area', 'year'],
                'constraints': [models.UniqueConstraint(fields=('area', 'year', 'source'), name='one_population_a_source_and_year')],
            },
        ),
    ]
