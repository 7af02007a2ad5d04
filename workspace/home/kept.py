"""What is kept about her, and her say in it."""

from practices.forms import Forms
from practices.home import Page
from workspace import blocks
from workspace.blocks import actions, button
from workspace.home.parts import Part


def section(page: Page, word: str, forms: Forms) -> Part:
    if page.never:
        told = "None of your words are kept in our memory, wherever threads are kept."
        wish = button("Keep my words again", "keep_my_words")
    else:
        told = "Where a thread is kept in our memory, your words in it are kept, unless you say otherwise."
        wish = button("Never keep my words", "never_keep")
    choices = actions(button("See what is kept", "my_record"), wish, button("Forget me", "forget_me"))
    return Part("What is kept about you", above=(blocks.section(told), choices))
