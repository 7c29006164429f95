"""The register of a city: questions, offers, projects, partners, agreements and outcomes."""
