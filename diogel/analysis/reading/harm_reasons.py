"""Why weights of harm, or counts to be weighed, are refused, and what each category bundles: codes, and English as a catalogue knows it."""

from __future__ import annotations

from .reasons import N_

HARM_REASONS: dict[str, str] = {
    "weight_row_unread": N_("Row %(row)s cannot be read: %(why)s."),
    "weight_alone": N_("Row %(row)s has a weight and no offence."),
    "weight_twice": N_("Row %(row)s gives %(offence)s a weight for the second time."),
    "weight_no_number": N_("The weight in row %(row)s is not a number."),
    "weight_below_zero": N_("The weight in row %(row)s is below zero."),
    "no_weights": N_("There are no weights."),
    "weights_of_nothing": N_("Weights need their unit and their source."),
    "bad_weight": N_("The weight of %(offence)s is %(weight)s, not a number from zero up."),
    "nameless_offence": N_("An offence has a name."),
    "bundle": N_(
        "%(offence)s holds %(holds)s: one weight would be wrong for most of it. Weights need counts of single offences, "
        "as the Home Office’s tables or a police extract have them."
    ),
    "offence_twice": N_("%(offence)s and %(other)s are one offence, counted twice."),
    "no_count": N_("%(count)s of %(offence)s is not a count: counts are whole numbers from zero up."),
    "weightless": N_("%(offence)s has no weight in %(source)s. Give it one, or say that it is left out."),
}
"""Code to sentence; codes are stable."""

HOLDS: dict[str, str] = {
    "holds_all": N_("every offence"),
    "holds_violence_and_sexual": N_("homicide, rape, assaults of all degrees, stalking and malicious communications"),
    "holds_violence": N_("homicide, assaults of all degrees, stalking and malicious communications"),
    "holds_injury": N_("attempted murder, grievous and actual bodily harm"),
    "holds_no_injury": N_("common assault, threats, cruelty to children, kidnapping and modern slavery"),
    "holds_stalking": N_("stalking, harassment, coercive control and malicious communications"),
    "holds_driving": N_("several offences of causing death or injury by driving"),
    "holds_sexual": N_("rape, sexual assault, exposure and others"),
    "holds_other_sexual": N_("sexual assault, grooming, exposure and others"),
    "holds_robbery": N_("robbery of persons and of businesses"),
    "holds_burglary": N_("burglary of homes, aggravated burglary, and burglary of other buildings"),
    "holds_home_burglary": N_("burglary, attempted and aggravated burglary of homes"),
    "holds_other_burglary": N_("burglary, attempted and aggravated burglary of other buildings"),
    "holds_theft": N_("burglary, vehicle crime, shoplifting and other theft"),
    "holds_vehicle": N_("theft of and from vehicles, and interference with them"),
    "holds_other_theft": N_("theft of all kinds, blackmail and making off without payment"),
    "holds_damage_and_arson": N_("damage of all kinds, and arson that endangers life"),
    "holds_damage": N_("damage to homes, vehicles and other buildings"),
    "holds_arson": N_("arson that endangers life and arson that does not"),
    "holds_drugs": N_("trafficking and possession"),
    "holds_weapons": N_("firearms, knives and other weapons"),
    "holds_public_order": N_("riot, affray, fear of violence, and offences with racial or religious aggravation"),
    "holds_other": N_("forgery, perjury, and all that has no category of its own"),
    "holds_fraud": N_("fraud of all kinds"),
    "holds_incidents": N_("incidents, which are not crimes"),
}
"""What categories bundle, to stand within the reason `bundle`."""

BUNDLES: dict[str, str] = {
    "all crime": "holds_all",
    "total": "holds_all",
    "total recorded crime": "holds_all",
    "violence and sexual offences": "holds_violence_and_sexual",
    "violence against the person": "holds_violence",
    "violence with injury": "holds_injury",
    "violence without injury": "holds_no_injury",
    "stalking and harassment": "holds_stalking",
    "death or serious injury unlawful driving": "holds_driving",
    "sexual offences": "holds_sexual",
    "other sexual offences": "holds_other_sexual",
    "robbery": "holds_robbery",
    "burglary": "holds_burglary",
    "residential burglary": "holds_home_burglary",
    "domestic burglary": "holds_home_burglary",
    "non domestic burglary": "holds_other_burglary",
    "theft offences": "holds_theft",
    "vehicle crime": "holds_vehicle",
    "vehicle offences": "holds_vehicle",
    "other theft": "holds_other_theft",
    "other theft offences": "holds_other_theft",
    "criminal damage and arson": "holds_damage_and_arson",
    "arson and criminal damage": "holds_damage_and_arson",
    "criminal damage": "holds_damage",
    "arson": "holds_arson",
    "drugs": "holds_drugs",
    "drug offences": "holds_drugs",
    "possession of weapons": "holds_weapons",
    "possession of weapons offences": "holds_weapons",
    "public order": "holds_public_order",
    "public order offences": "holds_public_order",
    "other crime": "holds_other",
    "miscellaneous crimes against society": "holds_other",
    "fraud": "holds_fraud",
    "anti social behaviour": "holds_incidents",
}
"""Categories of police.uk and groups of the Home Office, in plain letters, to what they bundle."""
