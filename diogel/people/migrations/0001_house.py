import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_accounts_that_open_several_people'),
        ('people', '0003_two_people_sign'),
    ]

    dependencies = [
        ('places', '0001_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('name_cy', models.CharField(blank=True, default='', max_length=300)),
                ('name_en', models.CharField(blank=True, default='', max_length=300)),
                ('name_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('short_cy', models.CharField(blank=True, default='', max_length=60)),
                ('short_en', models.CharField(blank=True, default='', max_length=60)),
                ('short_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('kind', models.CharField(choices=[('council', 'council'), ('police', 'police'), ('probation', 'probation'), ('fire', 'fire and rescue'), ('health', 'health'), ('voluntary', 'voluntary sector'), ('board', 'board'), ('prison', 'prison'), ('government', 'government'), ('school', 'school'), ('other', 'other')], max_length=12)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='people.body')),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'ordering': ['name_en'],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('code', models.SlugField(max_length=60)),
                ('name_cy', models.CharField(blank=True, default='', max_length=300)),
                ('name_en', models.CharField(blank=True, default='', max_length=300)),
                ('name_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('county', 'county'), ('local', 'local'), ('task-and-finish', 'task and finish')], max_length=16)),
                ('chair_role_cy', models.CharField(blank=True, default='', max_length=300)),
                ('chair_role_en', models.CharField(blank=True, default='', max_length=300)),
                ('chair_role_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('purpose_cy', models.TextField(blank=True, default='')),
                ('purpose_en', models.TextField(blank=True, default='')),
                ('purpose_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('terms_cy', models.TextField(blank=True, default='')),
                ('terms_en', models.TextField(blank=True, default='')),
                ('terms_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('is_statutory', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='people.group')),
            ],
            options={
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Owned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_cy', models.CharField(blank=True, default='', max_length=300)),
                ('title_en', models.CharField(blank=True, default='', max_length=300)),
                ('title_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='owns', to='people.group')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name_cy', models.CharField(blank=True, default='', max_length=300)),
                ('name_en', models.CharField(blank=True, default='', max_length=300)),
                ('name_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('place_cy', models.CharField(blank=True, default='', max_length=300)),
                ('place_en', models.CharField(blank=True, default='', max_length=300)),
                ('place_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('about_cy', models.TextField(blank=True, default='')),
                ('about_en', models.TextField(blank=True, default='')),
                ('about_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('vision_cy', models.TextField(blank=True, default='')),
                ('vision_en', models.TextField(blank=True, default='')),
                ('vision_state', models.CharField(choices=[('missing', 'missing'), ('draft', 'draft'), ('checked', 'checked'), ('stale_cy', 'Welsh is stale'), ('stale_en', 'English is stale')], default='missing', max_length=8)),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], default='cy', max_length=2)),
                ('marking', models.CharField(default='OFFICIAL', max_length=30)),
                ('signs_by_two', models.BooleanField(default=True, help_text='Whoever explains an unusual figure is not the only one who signs it')),
                ('is_example', models.BooleanField(default=False)),
                ('areas', models.ManyToManyField(blank=True, related_name='partnerships', to='places.area')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name_state', 'checked'), _negated=True), models.Q(models.Q(('name_cy', ''), _negated=True), models.Q(('name_en', ''), _negated=True)), _connector='OR'), name='partnership_name_pair'), models.CheckConstraint(condition=models.Q(models.Q(('place_state', 'checked'), _negated=True), models.Q(models.Q(('place_cy', ''), _negated=True), models.Q(('place_en', ''), _negated=True)), _connector='OR'), name='partnership_place_pair'), models.CheckConstraint(condition=models.Q(models.Q(('about_state', 'checked'), _negated=True), models.Q(models.Q(('about_cy', ''), _negated=True), models.Q(('about_en', ''), _negated=True)), _connector='OR'), name='partnership_about_pair'), models.CheckConstraint(condition=models.Q(models.Q(('vision_state', 'checked'), _negated=True), models.Q(models.Q(('vision_cy', ''), _negated=True), models.Q(('vision_en', ''), _negated=True)), _connector='OR'), name='partnership_vision_pair')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('responsible', 'responsible authority'), ('co-operating', 'co-operating body'), ('invited', 'invited to take part'), ('none', 'not a member')], max_length=12)),
                ('is_member', models.BooleanField(default=True)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.body')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.partnership')),
            ],
            options={
                'ordering': ['body__name_en'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'body', 'from_on'), name='one_membership_at_a_time', nulls_distinct=False)],
            },
        ),
        migrations.AddField(
            model_name='group',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='people.partnership'),
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given', models.CharField(max_length=80)),
                ('family', models.CharField(max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('post_cy', models.CharField(blank=True, default='', max_length=300)),
                ('post_en', models.CharField(blank=True, default='', max_length=300)),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], default='cy', max_length=2)),
                ('may_sign_in', models.BooleanField(default=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='people.body')),
                ('signs_in_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='also', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ['family', 'given'],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('co_ordinator', 'co-ordinator'), ('analyst', 'analyst'), ('priority_lead', 'priority lead'), ('partner_officer', 'partner officer'), ('chair', 'chair'), ('member', 'member'), ('scrutiny', 'scrutiny'), ('translator', 'translator'), ('case_role', 'case role'), ('administrator', 'administrator')], max_length=20)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='people.person')),
            ],
            options={
                'ordering': ['partnership', 'person'],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'person'), name='one_seat_each')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='user', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('partnership', 'code'), name='one_group_a_code'),
        ),
    ]
