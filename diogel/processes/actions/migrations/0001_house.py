import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('actions', '0001_initial'),
        ('actions', '0002_accepted_updates'),
    ]

    dependencies = [
        ('people', '0001_house'),
        ('places', '0001_house'),
        ('records', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                ('title_cy', models.CharField(blank=True, default='', max_length=300)),
                ('title_en', models.CharField(blank=True, default='', max_length=300)),
                ('title_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('text_cy', models.TextField(blank=True, default='')),
                ('text_en', models.TextField(blank=True, default='')),
                ('text_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('regional_cy', models.TextField(blank=True, default='')),
                ('regional_en', models.TextField(blank=True, default='')),
                ('regional_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('started_on', models.DateField(blank=True, null=True)),
                ('promised_on', models.DateField(blank=True, help_text='When the plan says it will be done', null=True)),
                ('areas', models.ManyToManyField(blank=True, related_name='actions', to='places.area')),
                ('bodies', models.ManyToManyField(blank=True, related_name='actions', to='people.body')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title_state', 'checked'), _negated=True), models.Q(models.Q(('title_cy', ''), _negated=True), models.Q(('title_en', ''), _negated=True)), _connector='OR'), name='action_title_pair'), models.CheckConstraint(condition=models.Q(models.Q(('text_state', 'checked'), _negated=True), models.Q(models.Q(('text_cy', ''), _negated=True), models.Q(('text_en', ''), _negated=True)), _connector='OR'), name='action_text_pair'), models.CheckConstraint(condition=models.Q(models.Q(('regional_state', 'checked'), _negated=True), models.Q(models.Q(('regional_cy', ''), _negated=True), models.Q(('regional_en', ''), _negated=True)), _connector='OR'), name='action_regional_pair')],
            },
            bases=('records.record', models.Model),
        ),
        migrations.CreateModel(
            name='CarryOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_plan', models.CharField(max_length=20)),
                ('from_number', models.CharField(blank=True, max_length=10)),
                ('reason_cy', models.TextField(blank=True, default='')),
                ('reason_en', models.TextField(blank=True, default='')),
                ('reason_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('carried_on', models.DateField(blank=True, null=True)),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carry_overs', to='actions.action')),
            ],
            options={
                'ordering': ['action', 'from_plan'],
                'constraints': [models.UniqueConstraint(fields=('action', 'from_plan'), name='carried_once_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='SubAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('code', models.CharField(max_length=10)),
                ('title_cy', models.TextField(blank=True, default='')),
                ('title_en', models.TextField(blank=True, default='')),
                ('title_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('status', models.CharField(default='agreed', max_length=20)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sub_actions', to='actions.action')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.body')),
            ],
            options={
                'ordering': ['action', 'code'],
                'constraints': [models.UniqueConstraint(fields=('action', 'code'), name='one_sub_action_a_code'), models.CheckConstraint(condition=models.Q(models.Q(('title_state', 'checked'), _negated=True), models.Q(models.Q(('title_cy', ''), _negated=True), models.Q(('title_en', ''), _negated=True)), _connector='OR'), name='sub_action_title_pair')],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('quarter', models.CharField(help_text="The quarter's last month, such as 2021-12", max_length=7)),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('filed', 'filed'), ('late', 'late')], default='asked', max_length=6)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('rag', models.CharField(blank=True, choices=[('red', 'needs action now'), ('amber', 'not finished, or no effect yet'), ('green', 'on track'), ('grey', 'no suitable data')], max_length=6)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('text_cy', models.TextField(blank=True, default='')),
                ('text_en', models.TextField(blank=True, default='')),
                ('text_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('obstacle_cy', models.TextField(blank=True, default='')),
                ('obstacle_en', models.TextField(blank=True, default='')),
                ('obstacle_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('next_step_cy', models.TextField(blank=True, default='')),
                ('next_step_en', models.TextField(blank=True, default='')),
                ('next_step_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('milestone_cy', models.CharField(blank=True, default='', max_length=300)),
                ('milestone_en', models.CharField(blank=True, default='', max_length=300)),
                ('milestone_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('accepted_on', models.DateField(blank=True, help_text='From then on each correction is a version of its own, with its reason', null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('filed_on', models.DateField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='actions.action')),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['action', '-quarter'],
                'constraints': [models.UniqueConstraint(fields=('action', 'quarter'), name='one_update_a_quarter'), models.CheckConstraint(condition=models.Q(('percent', None), ('percent__lte', 100), _connector='OR'), name='a_percentage_is_at_most_100'), models.CheckConstraint(condition=models.Q(models.Q(('text_state', 'checked'), _negated=True), models.Q(models.Q(('text_cy', ''), _negated=True), models.Q(('text_en', ''), _negated=True)), _connector='OR'), name='update_text_pair'), models.CheckConstraint(condition=models.Q(models.Q(('obstacle_state', 'checked'), _negated=True), models.Q(models.Q(('obstacle_cy', ''), _negated=True), models.Q(('obstacle_en', ''), _negated=True)), _connector='OR'), name='update_obstacle_pair'), models.CheckConstraint(condition=models.Q(models.Q(('next_step_state', 'checked'), _negated=True), models.Q(models.Q(('next_step_cy', ''), _negated=True), models.Q(('next_step_en', ''), _negated=True)), _connector='OR'), name='update_next_step_pair'), models.CheckConstraint(condition=models.Q(models.Q(('milestone_state', 'checked'), _negated=True), models.Q(models.Q(('milestone_cy', ''), _negated=True), models.Q(('milestone_en', ''), _negated=True)), _connector='OR'), name='update_milestone_pair')],
            },
        ),
        migrations.CreateModel(
            name='Accepted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('note', models.TextField(blank=True, default='', help_text='Why it was corrected; empty for the first')),
                ('made_on', models.DateField()),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accepted', to='actions.update')),
            ],
            options={
                'ordering': ['update', '-number'],
                'constraints': [models.UniqueConstraint(fields=('update', 'number'), name='one_accepted_text_a_number')],
            },
        ),
    ]
