import diogel.home
import diogel.post.models
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('post', '0001_initial'),
    ]

    dependencies = [
        ('people', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=20)),
                ('about', models.CharField(help_text='What it opens, as its purpose names it', max_length=40)),
                ('secret', models.CharField(default=diogel.post.models.new_secret, max_length=32)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_on', models.DateField(help_text='The last day on which it opens anything')),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.person')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['purpose', 'about'], name='links_by_what_they_open')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'request'), ('reminder', 'reminder'), ('escalation', 'escalation'), ('new_link', 'new link')], max_length=12)),
                ('about', models.CharField(help_text='What it is about, as the link names it', max_length=40)),
                ('key', models.CharField(help_text='What keeps the same letter from being queued twice', max_length=120, unique=True)),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('subject', models.CharField(max_length=200)),
                ('paragraphs', models.JSONField(default=list)),
                ('message_id', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('queued', 'queued'), ('sending', 'being sent'), ('sent', 'sent'), ('unknown', 'not known whether it went'), ('refused', 'could not be sent')], default='queued', max_length=8)),
                ('why', models.CharField(blank=True, choices=[('', ''), ('no_address', 'There is no e-mail address on file.'), ('left', 'The person holds no role here any more.'), ('link_ended', 'Its link was withdrawn or has expired.'), ('server', 'The mail server refused it.')], default='', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('queued_on', models.DateField(default=diogel.home.today)),
                ('send_on', models.DateField(default=diogel.home.today, help_text='It does not go before this day')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='people.person')),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='post.signedlink')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'send_on'], name='letters_that_wait'), models.Index(fields=['about'], name='letters_about')],
            },
        ),
    ]
