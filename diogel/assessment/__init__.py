"""The strategic assessment: themes, evidence, scores, bands and duties."""
