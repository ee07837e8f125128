"""Log-in, log-out and the way back in after a forgotten password."""

from typing import cast

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.i18n import set_language as django_set_language

from crm.accounts.models import User
from crm.ui import navigation, toasts
from crm.ui.screens.login.forms import ForgottenForm, LoginForm, NewPasswordForm


class LoginView(auth_views.LoginView):
    """E-mail and password; afterwards to ``next`` or to the user's first page."""

    template_name = "login/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return navigation.home_url(cast(User, self.request.user))

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        status = 429 if form.has_error("__all__", code="too-many") else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)


class LogoutView(auth_views.LogoutView):
    """Ends the session by POST; a GET asks with a button."""

    http_method_names = ["get", "post", "options"]
    template_name = "login/logout.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response({})


@method_decorator(login_not_required, name="dispatch")
class ForgottenView(auth_views.PasswordResetView):
    """Sends a link; says the same whether the account exists or not."""

    template_name = "login/forgotten.html"
    email_template_name = "login/mail/forgotten.txt"
    subject_template_name = "login/mail/forgotten_subject.txt"
    form_class = ForgottenForm
    success_url = reverse_lazy("password-sent")

    def form_invalid(self, form: PasswordResetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(login_not_required, name="dispatch")
class SentView(auth_views.PasswordResetDoneView):
    """What happens now."""

    template_name = "login/sent.html"
    extra_context = {"days": settings.PASSWORD_RESET_TIMEOUT // 86_400}


@method_decorator(login_not_required, name="dispatch")
class NewPasswordView(auth_views.PasswordResetConfirmView):
    """Choose a password with the link from the mail or from the administration."""

    template_name = "login/new_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        toasts.show(self.request, _("Ihr neues Passwort gilt ab sofort. Bitte melden Sie sich an."))
        return response

    def form_invalid(self, form: SetPasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


login = sensitive_post_parameters("password")(LoginView.as_view())
set_language = login_not_required(django_set_language)
