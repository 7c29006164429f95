"""What a record form shows and says, made from the record models; no widgets here."""

from labkit.register.forms.description import describe
from labkit.register.forms.session import FormSession
from labkit.register.forms.values import data_of, values_of

__all__ = ["FormSession", "data_of", "describe", "values_of"]
