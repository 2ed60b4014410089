"""Application forms by families of items: fields that several forms share are written once (``catalogue/data/forms/``)."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from backend.contracts.catalogue_content import Content, FactId, Form, FormField, ItemCode, Name, Sentence


class FamilyForm(Content):
    """The form of some items. A field is written out, or is the id of a shared one."""

    items: tuple[ItemCode, ...] = Field(min_length=1)
    id: FactId
    title: Name
    fields: tuple[FactId | FormField, ...] = Field(min_length=1)
    sample: dict[FactId, str] = Field(default={})
    common_mistakes: tuple[Sentence, ...] = Field(min_length=1)
    official: str = ""


class FormFamily(Content):
    """A file: fields of its own and forms that are made of them and of those of ``shared.yaml``."""

    shared: tuple[FormField, ...] = ()
    sample: dict[FactId, str] = Field(default={})
    """What the shared fields are filled in with, where a form says nothing else."""
    forms: tuple[FamilyForm, ...] = ()

    def form(self, one: FamilyForm, everywhere: FormFamily) -> Form:
        """A form written out. Raises ValueError for a field that is shared nowhere."""
        known = {field.id: field for field in (*everywhere.shared, *self.shared)}
        unknown = [field for field in one.fields if isinstance(field, str) and field not in known]
        if unknown:
            raise ValueError(f"{one.id}.fields：没有共用的字段「{'、'.join(unknown)}」，请写全，或写进 shared")
        fields = tuple(known[field] if isinstance(field, str) else field for field in one.fields)
        filled: Mapping[str, str] = {**everywhere.sample, **self.sample, **one.sample}
        return Form(
            id=one.id,
            title=one.title,
            fields=fields,
            sample={field.id: filled[field.id] for field in fields if field.id in filled},
            common_mistakes=one.common_mistakes,
            official=one.official,
        )
