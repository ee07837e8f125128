"""One address: the page, its results while somebody types, and the results of the palette."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import search as searching
from crm.accounts.policy import Permission
from crm.ui import commands, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.search import follow_ups, offers

PALETTE = "palette-results"


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def search(request: Request) -> HttpResponse:
    """Find what ``q`` says. For the palette a few hits with actions, else a page of them."""
    text = request.GET.get("q", "").strip()
    in_palette = responses.wants_fragment(request) and request.htmx.target == PALETTE
    limit = searching.LIMIT if in_palette else searching.MOST
    if wish := follow_ups.of(user=request.user, text=text):
        return _follow_up(request, wish, in_palette=in_palette)
    results = searching.find(user=request.user, text=text, limit=limit)
    context = {
        "text": text,
        "results": results,
        "commands": commands.commands_for(user=request.user, text=text),
        "offers": offers.of(user=request.user, query=results.query),
    }
    if in_palette:
        return responses.render(request, "search/palette.html", context)
    return responses.render(request, "search/page.html", context, fragment="results")


def _follow_up(request: Request, wish: follow_ups.Wish, *, in_palette: bool) -> HttpResponse:
    """With whom the follow-up may be planned that was typed."""
    results = searching.find(user=request.user, text=wish.name)
    choices = follow_ups.choices(wish=wish, results=results)
    if in_palette:
        context = {"wish": wish, "choices": choices}
        return responses.render(request, "search/follow_ups.html", context)
    context = {
        "text": request.GET["q"],
        "results": results,
        "offers": [follow_ups.offer(wish=wish, choice=choice) for choice in choices],
    }
    return responses.render(request, "search/page.html", context, fragment="results")
