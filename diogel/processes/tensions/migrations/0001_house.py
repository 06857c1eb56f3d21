import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('tensions', '0001_initial'),
    ]

    dependencies = [
        ('records', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tension',
            fields=[
                ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                ('received_at', models.DateTimeField()),
                ('source', models.CharField(choices=[('inbox', 'community safety inbox'), ('form', 'public form'), ('phone', 'telephone'), ('meeting', 'meeting'), ('partner', 'partner organisation')], max_length=8)),
                ('type', models.CharField(choices=[('rumour', 'rumour or feeling'), ('incident', 'something that happened'), ('event', 'an event to come'), ('neighbourhood', 'friction between neighbours or groups'), ('hate', 'hostility towards a group of people'), ('graffiti', 'graffiti or stickers'), ('online', 'seen online'), ('other', 'something else')], max_length=16)),
                ('place', models.CharField(help_text='A ward or town, nothing finer', max_length=120)),
                ('text', models.TextField()),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('communities', models.CharField(blank=True, max_length=200)),
                ('reliability', models.CharField(blank=True, choices=[('first-hand', 'seen or heard by the reporter'), ('passed-on', 'passed on by someone trusted'), ('hearsay', 'hearsay'), ('unknown', 'cannot be judged')], max_length=12)),
                ('experienced', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'normal'), (2, 'minor'), (3, 'moderate'), (4, 'raised'), (5, 'high'), (6, 'imminent')], null=True)),
                ('evidenced', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'normal'), (2, 'minor'), (3, 'moderate'), (4, 'raised'), (5, 'high'), (6, 'imminent')], null=True)),
                ('potential', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'normal'), (2, 'minor'), (3, 'moderate'), (4, 'raised'), (5, 'high'), (6, 'imminent')], null=True)),
                ('triaged_at', models.DateTimeField(blank=True, null=True)),
                ('response', models.TextField(blank=True)),
                ('is_shared_with_police', models.BooleanField(default=False)),
                ('feedback', models.TextField(blank=True)),
                ('fed_back_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-received_at'],
            },
            bases=('records.record',),
        ),
        migrations.CreateModel(
            name='Reporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.CharField(max_length=160)),
                ('tension', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reporter', to='tensions.tension')),
            ],
        ),
    ]
