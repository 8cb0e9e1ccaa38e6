#!/usr/bin/python3
"""A window of WebKitGTK that a WebDriver controls and that keeps its profile.

MiniBrowser forgets everything at its end while it is automated, so a cold start could not be tried
with it. The folder of the profile is in the environment variable WEBKIT_PROFILE,
the address of a proxy for other machines in WEBKIT_PROXY.
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile = os.environ["WEBKIT_PROFILE"]
data = WebKit2.WebsiteDataManager(
    base_data_directory=profile + "/data", base_cache_directory=profile + "/cache"
)
if os.environ.get("WEBKIT_PROXY"):
    # What is on this machine goes past it.
    settings = WebKit2.NetworkProxySettings.new(os.environ["WEBKIT_PROXY"], ["127.0.0.1", "localhost"])
    data.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, settings)
context = WebKit2.WebContext.new_with_website_data_manager(data)
context.set_automation_allowed(True)
window = Gtk.Window(default_width=1280, default_height=900)
window.connect("destroy", Gtk.main_quit)


def view(_session):
    """The view that the session drives."""
    it = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    it.connect("close", lambda _: window.destroy())
    window.add(it)
    window.show_all()
    return it


def started(_context, session):
    """The driver is there."""
    info = WebKit2.ApplicationInfo()
    info.set_name("WebKitGTK")
    info.set_version(WebKit2.MAJOR_VERSION, WebKit2.MINOR_VERSION, WebKit2.MICRO_VERSION)
    session.set_application_info(info)
    session.connect("create-web-view", view)


context.connect("automation-started", started)
Gtk.main()
