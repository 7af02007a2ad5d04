"""What a refusal is: its docstring is the sentence the member reads."""


class Refusal(Exception):
    """Sorry, that is not possible."""

    field: str = ""  # the modal's field it belongs to, if it belongs to one

    def __init__(self, **details: str) -> None:
        """`details` fill the braces of the sentence; `field` says where in a modal the sentence belongs."""
        self.field = details.pop("field", self.field)
        self.sentence = " ".join((type(self).__doc__ or "").split()).format(**details)
        super().__init__(type(self).__name__)  # never the sentence: it may name people


class Refusals(Exception):
    """Several refusals of one modal at once."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(", ".join(type(one).__name__ for one in refusals))
