#pragma once
#include <curl/curl.h>
#include <stdlib.h>

// curl_easy_setopt and its like are variadic, which Swift cannot call: one typed wrapper each.

static inline CURLcode kpatrol_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode kpatrol_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode kpatrol_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode kpatrol_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// curl copies the bytes.
static inline CURLcode kpatrol_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t length) {
  struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

typedef size_t (*kpatrol_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode kpatrol_set_callback(CURL *handle, CURLoption option, kpatrol_callback callback) {
  return curl_easy_setopt(handle, option, callback);
}

// Who opens and closes sockets; `context` goes to both.
static inline void kpatrol_set_sockets(
  CURL *handle, curl_opensocket_callback open, curl_closesocket_callback close, void *context) {
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, close);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, context);
}

static inline CURLMcode kpatrol_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLcode kpatrol_get_string(CURL *handle, CURLINFO info, const char **value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode kpatrol_get_size(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode kpatrol_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode kpatrol_get_certificates(CURL *handle, struct curl_certinfo **value) {
  return curl_easy_getinfo(handle, CURLINFO_CERTINFO, value);
}

// The result of a finished transfer; CURLMsg holds it in a union.
static inline CURLcode kpatrol_message_result(const CURLMsg *message) {
  return message->data.result;
}

static const size_t kpatrol_write_pause = CURL_WRITEFUNC_PAUSE;
static const long kpatrol_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long kpatrol_http_2_tls = CURL_HTTP_VERSION_2TLS;
static const long kpatrol_http_2 = CURL_HTTP_VERSION_2_0;
static const long kpatrol_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const long kpatrol_headers_separate = CURLHEADER_SEPARATE;
static const long kpatrol_multiplex = CURLPIPE_MULTIPLEX;
static const int kpatrol_pause_continue = CURLPAUSE_CONT;
static const int kpatrol_pause_receiving = CURLPAUSE_RECV;
static const curl_socket_t kpatrol_bad_socket = CURL_SOCKET_BAD;
static const size_t kpatrol_error_size = CURL_ERROR_SIZE;
