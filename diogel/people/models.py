"""Partnerships, bodies and groups, and the persons who act in them: names live here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diogel.home import today
from diogel.places.models import Area
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state, pair_text

from . import access
from .versions import Versioned


class Visible(models.QuerySet):
    """Rows as one user may see them; a view gets rows in no other way."""

    def visible_to(self, user: Any) -> Any:
        return access.visible(self, user)

    def standing(self) -> Any:
        """Rows that have not been withdrawn."""
        return self.filter(withdrawn_on=None)


class InForce(models.QuerySet):
    """Rows that hold on a day, from `from_on` to `to_on`, both included."""

    def in_force(self, on: Any = None) -> Any:
        day = on or today()
        return self.filter(Q(from_on=None) | Q(from_on__lte=day), Q(to_on=None) | Q(to_on__gte=day))


class Partnership(Bilingual, Versioned):
    """The governing partnership. Not a statistical one: Gwynedd and Anglesey have two codes and one board."""

    pairs = ("name", "place", "about", "vision")
    partnership_path = "pk"
    seen_with = access.May.SEE_DESK
    edited_with = access.May.EDIT_PARTNERSHIP

    slug = models.SlugField(max_length=40, unique=True)
    name_cy, name_en, name_state = pair_line(), pair_line(), pair_state()
    place_cy, place_en, place_state = pair_line(), pair_line(), pair_state()
    about_cy, about_en, about_state = pair_text(), pair_text(), pair_state()
    vision_cy, vision_en, vision_state = pair_text(), pair_text(), pair_state()
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")], default="cy")
    areas = models.ManyToManyField(Area, related_name="partnerships", blank=True)
    marking = models.CharField(max_length=30, default="OFFICIAL")
    signs_by_two = models.BooleanField(default=True, help_text=_("Whoever explains an unusual figure is not the only one who signs it"))
    is_example = models.BooleanField(default=False)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = checked_pairs_are_whole("partnership", "name", "place", "about", "vision")

    def __str__(self) -> str:
        return self.slug

    @property
    def partnership(self) -> Partnership:
        return self


class Body(Bilingual):
    """An organisation, from a day to a day; what followed it is a link, so that old papers keep the old name."""

    pairs = ("name", "short")
    edited_with = access.May.EDIT_PEOPLE

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        POLICE = "police", _("police")
        PROBATION = "probation", _("probation")
        FIRE = "fire", _("fire and rescue")
        HEALTH = "health", _("health")
        VOLUNTARY = "voluntary", _("voluntary sector")
        BOARD = "board", _("board")
        PRISON = "prison", _("prison")
        GOVERNMENT = "government", _("government")
        SCHOOL = "school", _("school")
        OTHER = "other", _("other")

    code = models.SlugField(max_length=60, unique=True)
    name_cy, name_en, name_state = pair_line(), pair_line(), pair_state()
    short_cy, short_en, short_state = pair_line(60), pair_line(60), pair_state()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    objects = InForce.as_manager()

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.code

    def stands_in(self) -> list[Partnership]:
        """The partnerships that share it: whoever changes it answers to all of them."""
        return list(Partnership.objects.filter(memberships__body=self).distinct())


class Membership(models.Model):
    """A body's standing in a partnership, for as long as it lasts."""

    class Standing(models.TextChoices):
        RESPONSIBLE = "responsible", _("responsible authority")
        CO_OPERATING = "co-operating", _("co-operating body")
        INVITED = "invited", _("invited to take part")
        NONE = "none", _("not a member")

    partnership_path = "partnership"
    seen_with = access.May.SEE_DESK
    edited_with = access.May.EDIT_PEOPLE

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    is_member = models.BooleanField(default=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["body__name_en"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "body", "from_on"], name="one_membership_at_a_time", nulls_distinct=False)
        ]


class Group(Bilingual, Versioned):
    """A board or group in the tree: its level, its chair's role, its terms of reference and what it owns."""

    pairs = ("name", "chair_role", "purpose", "terms")
    partnership_path = "partnership"
    seen_with = access.May.SEE_DESK
    edited_with = access.May.EDIT_PEOPLE

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        REGIONAL = "regional", _("regional")
        COUNTY = "county", _("county")
        LOCAL = "local", _("local")
        TASK = "task-and-finish", _("task and finish")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField(max_length=60)
    name_cy, name_en, name_state = pair_line(), pair_line(), pair_state()
    level = models.CharField(max_length=16, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    chair_role_cy, chair_role_en, chair_role_state = pair_line(), pair_line(), pair_state()
    purpose_cy, purpose_en, purpose_state = pair_text(), pair_text(), pair_state()
    terms_cy, terms_en, terms_state = pair_text(), pair_text(), pair_state()
    is_statutory = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_group_a_code")]

    def __str__(self) -> str:
        return self.code


class Owned(Bilingual):
    """A document or strategy that a group owns."""

    pairs = ("title",)
    partnership_path = "group__partnership"
    seen_with = access.May.SEE_DESK
    edited_with = access.May.EDIT_PEOPLE

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="owns")
    title_cy, title_en, title_state = pair_line(), pair_line(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def partnership(self) -> Partnership:
        return self.group.partnership


class Person(models.Model):
    """Someone with a name, as one partnership wrote them down. No other table holds one, and no paper reads this one. `signs_in_as`
    is set where the account that opens them was first another person's: the same somebody, known elsewhere. Without `may_sign_in` no
    account opens them."""

    is_personal = True
    edited_with = access.May.EDIT_PEOPLE

    given = models.CharField(max_length=80)
    family = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    post_cy = pair_line()
    post_en = pair_line()
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")], default="cy")
    signs_in_as = models.ForeignKey("User", null=True, blank=True, on_delete=models.SET_NULL, related_name="also")
    may_sign_in = models.BooleanField(default=True)

    class Meta:
        ordering = ["family", "given"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"person {self.pk}"


class Holding(models.Model):
    """A role that a person holds in one partnership, from a day to a day."""

    edited_with = access.May.EDIT_PEOPLE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="holdings")
    role = models.CharField(max_length=20, choices=[(role.value, access.ROLE_NAMES[role]) for role in access.Role])
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["partnership", "person"]


class GroupMember(models.Model):
    """A person who sits in a group; records of the group are seen by them."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="one_seat_each")]


class Users(BaseUserManager["User"]):
    """Users are known by their e-mail address, in any case of letters; whoever is asked who they are is asked as a person."""

    def get_queryset(self) -> models.QuerySet[User, User]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who can sign in. What they may do hangs on the person's roles, never on the user."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="user")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Users()

    def __str__(self) -> str:
        return f"user {self.pk}"

    @property
    def reference(self) -> str:
        """How logs name this user."""
        return f"user:{self.pk}"
