import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('published', '0001_initial'),
        ('published', '0002_what_was_told_and_its_files'),
        ('published', '0003_annual_reports'),
        ('published', '0004_assessments'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partnership', models.SlugField(max_length=40)),
                ('kind', models.CharField(choices=[('partnership', 'Partnership'), ('plan', 'Plan'), ('quarter', 'Quarter'), ('annual', 'Annual'), ('assessment', 'Assessment')], max_length=12)),
                ('key', models.CharField(help_text="The plan's code, or the last month of the quarter or year", max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField(help_text='Both languages of everything that may be shown')),
                ('certificate', models.JSONField(default=dict)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=60)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because_cy', models.TextField(blank=True)),
                ('withdrawn_because_en', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['partnership', 'kind', '-key', '-version'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'kind', 'key', 'version'), name='one_publication_a_version'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_because_en', ''), _negated=True), _connector='OR'), name='a_withdrawal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='PublishedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the certificate names it: quarterly.cy.pdf', max_length=60)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(help_text='In bytes')),
                ('sha256', models.CharField(help_text='The seal that stands in the certificate', max_length=64)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='published.publication')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('publication', 'name'), name='one_file_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partnership', models.SlugField(max_length=40)),
                ('paper', models.CharField(choices=[('partnership', 'Partnership'), ('plan', 'Plan'), ('quarter', 'Quarter'), ('annual', 'Annual'), ('assessment', 'Assessment')], max_length=12)),
                ('key', models.CharField(help_text="The plan's code, or the quarter's last month", max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('audience', models.CharField(choices=[('internal', 'Internal'), ('public', 'Public')], max_length=8)),
                ('told_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('theme', 'Theme'), ('priority', 'Priority'), ('action', 'Action'), ('measure', 'Measure'), ('card', 'Card')], max_length=8)),
                ('row', models.PositiveBigIntegerField()),
                ('code', models.CharField(blank=True, max_length=60)),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='published.publication')),
            ],
            options={
                'ordering': ['-told_at', '-key', '-version', 'audience', 'pk'],
                'indexes': [models.Index(fields=['partnership', 'kind', 'row'], name='where_a_row_was_told')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'paper', 'key', 'version', 'audience', 'kind', 'row'), name='a_paper_tells_a_row_once'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'internal'), ('publication', None)), models.Q(('audience', 'public'), ('publication__isnull', False)), _connector='OR'), name='what_the_public_was_told_is_published')],
            },
        ),
    ]
