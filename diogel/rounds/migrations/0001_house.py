import diogel.rounds.models
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('rounds', '0001_initial'),
    ]

    dependencies = [
        ('actions', '0001_house'),
        ('people', '0001_house'),
        ('plan', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('how', models.CharField(blank=True, choices=[('link', 'by link'), ('telephone', 'by telephone')], default='', max_length=9)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('passed_note', models.TextField(blank=True, default='')),
                ('passed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='people.person')),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='actions.update')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(max_length=5)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_on', models.DateField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='rounds.request')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('status', models.CharField(blank=True, default='', max_length=20)),
                ('rag', models.CharField(blank=True, choices=[('red', 'needs action now'), ('amber', 'not finished, or no effect yet'), ('green', 'on track'), ('grey', 'no suitable data')], default='', max_length=6)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)])),
                ('milestone', models.CharField(blank=True, default='', max_length=300)),
                ('text', models.TextField(blank=True, default='')),
                ('obstacle', models.TextField(blank=True, default='')),
                ('next_step', models.TextField(blank=True, default='')),
                ('next_on', models.DateField(blank=True, null=True)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('settled', models.CharField(blank=True, choices=[('taken', 'taken in'), ('left', 'left as it is')], default='', max_length=5)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='rounds.request')),
            ],
            options={
                'ordering': ['request'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('quarter', models.CharField(help_text="The quarter's last month, such as 2021-12", max_length=7)),
                ('status', models.CharField(choices=[('prepared', 'prepared'), ('open', 'open'), ('closed', 'closed')], default='prepared', max_length=8)),
                ('request_day', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MaxValueValidator(120)])),
                ('remind_days', models.CharField(default='10, 14, 17', max_length=40, validators=[diogel.rounds.models.are_days])),
                ('due_day', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MaxValueValidator(120)])),
                ('escalate_day', models.PositiveSmallIntegerField(default=18, validators=[django.core.validators.MaxValueValidator(120)])),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='people.partnership')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='plan.plan')),
            ],
            options={
                'ordering': ['-quarter', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('plan', 'quarter'), name='one_round_a_quarter', violation_error_message='This plan has a round for this quarter already'), models.UniqueConstraint(condition=models.Q(('status', 'open'), ('withdrawn_on', None)), fields=('plan',), name='one_open_round_a_plan', violation_error_message='A round of this plan is open already. Close it before the next is opened')],
            },
        ),
        migrations.AddField(
            model_name='request',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='rounds.round'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.UniqueConstraint(fields=('round', 'update'), name='asked_once_a_round'),
        ),
    ]
