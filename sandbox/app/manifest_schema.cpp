#include "sandbox/app/manifest_schema.hpp"

namespace sandbox {
namespace {

constexpr const char* features_text = R"({"type": "object", "properties": {
  "app_home": {"type": "object", "properties": {
    "home_tab_enabled": {"type": "boolean"},
    "messages_tab_enabled": {"type": "boolean"},
    "messages_tab_read_only_enabled": {"type": "boolean"}}},
  "bot_user": {"type": "object", "required": ["display_name"], "properties": {
    "display_name": {"type": "string", "minLength": 1, "maxLength": 80},
    "always_online": {"type": "boolean"}}},
  "shortcuts": {"type": "array", "minItems": 1, "maxItems": 10, "items":
    {"type": "object", "required": ["name", "type", "callback_id", "description"], "properties": {
      "name": {"type": "string", "minLength": 1, "maxLength": 24},
      "type": {"type": "string", "enum": ["message", "global"]},
      "callback_id": {"type": "string", "minLength": 1, "maxLength": 255},
      "description": {"type": "string", "minLength": 1, "maxLength": 150}}}},
  "slash_commands": {"type": "array", "minItems": 1, "maxItems": 50, "items":
    {"type": "object", "required": ["command", "description"], "properties": {
      "command": {"type": "string", "minLength": 2, "maxLength": 32, "format": "slash-command"},
      "url": {"type": "string", "maxLength": 3000, "format": "http-url"},
      "description": {"type": "string", "minLength": 1, "maxLength": 2000},
      "usage_hint": {"type": "string", "minLength": 1, "maxLength": 1000},
      "should_escape": {"type": "boolean"}}}},
  "functions": {"any": true}, "workflow_steps": {"any": true}, "unfurl_domains": {"any": true},
  "assistant_view": {"any": true}, "agent_view": {"any": true}
}})";

constexpr const char* settings_text = R"({"type": "object", "properties": {
  "event_subscriptions": {"type": "object", "properties": {
    "request_url": {"type": "string", "maxLength": 3500, "format": "http-url"},
    "bot_events": {"type": "array", "maxItems": 100, "uniqueItems": true,
                   "items": {"type": "string", "maxLength": 50}},
    "user_events": {"type": "array", "maxItems": 100, "uniqueItems": true,
                    "items": {"type": "string", "maxLength": 50}},
    "metadata_subscriptions": {"type": "array", "minItems": 1, "maxItems": 20, "uniqueItems": true, "items":
      {"type": "object", "required": ["app_id", "event_type"], "properties": {
        "app_id": {"type": "string"},
        "event_type": {"type": "string", "maxLength": 50}}}}}},
  "interactivity": {"type": "object", "required": ["is_enabled"], "properties": {
    "is_enabled": {"type": "boolean"},
    "request_url": {"type": "string", "maxLength": 3500, "format": "http-url"},
    "message_menu_options_url": {"type": "string", "maxLength": 3500, "format": "http-url"}}},
  "allowed_ip_address_ranges": {"type": "array", "minItems": 1, "maxItems": 50, "uniqueItems": true,
                                "items": {"type": "string", "format": "ip-range"}},
  "incoming_webhooks": {"type": "object", "properties": {"incoming_webhooks_enabled": {"type": "boolean"}}},
  "socket_mode_enabled": {"type": "boolean"},
  "org_deploy_enabled": {"type": "boolean"},
  "token_rotation_enabled": {"type": "boolean"},
  "is_hosted": {"type": "boolean"},
  "is_mcp_enabled": {"type": "boolean"},
  "siws_links": {"any": true},
  "hermes_app_type": {"type": "string"},
  "function_runtime": {"type": "string"}
}})";

constexpr const char* manifest_text =
    R"({"type": "object", "required": ["display_information"], "properties": {
  "_metadata": {"type": "object", "properties": {
    "major_version": {"type": "integer"},
    "minor_version": {"type": "integer"},
    "schema_version": {"type": "integer"},
    "min_version": {"type": "integer"}}},
  "display_information": {"type": "object", "required": ["name"], "properties": {
    "name": {"type": "string", "minLength": 1, "maxLength": 35},
    "description": {"type": "string", "minLength": 1, "maxLength": 140},
    "long_description": {"type": "string", "minLength": 175, "maxLength": 4000},
    "background_color": {"type": "string", "minLength": 4, "maxLength": 7, "format": "color"}}},
  "oauth_config": {"type": "object", "properties": {
    "redirect_urls": {"type": "array", "maxItems": 1000, "uniqueItems": true,
                      "items": {"type": "string", "maxLength": 2500}},
    "scopes": {"type": "object", "properties": {
      "bot": {"type": "array", "maxItems": 255, "items": {"type": "string", "maxLength": 50}},
      "bot_optional": {"type": "array", "maxItems": 255, "items": {"type": "string", "maxLength": 50}},
      "user": {"type": "array", "maxItems": 255, "items": {"type": "string", "maxLength": 50}},
      "user_optional": {"type": "array", "maxItems": 255, "items": {"type": "string", "maxLength": 50}}}},
    "token_management_enabled": {"type": "boolean"},
    "pkce_enabled": {"type": "boolean"}}},
  "$schema": {"type": "string"},
  "app_directory": {"any": true}, "functions": {"any": true}, "workflows": {"any": true},
  "datastores": {"any": true}, "outgoing_domains": {"any": true}, "types": {"any": true},
  "external_auth_providers": {"any": true}, "mcp_servers": {"any": true}
}})";

}  // namespace

const Json& manifest_schema()
{
    static const Json schema = [] {
        Json whole = Json::parse(manifest_text);
        whole["properties"]["features"] = Json::parse(features_text);
        whole["properties"]["settings"] = Json::parse(settings_text);
        return whole;
    }();
    return schema;
}

}  // namespace sandbox
