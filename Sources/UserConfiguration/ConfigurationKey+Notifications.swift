extension ConfigurationKey {
  /// The keys of whom an agent tells of findings.
  static let notifications = [
    ConfigurationKey(
      path: "notifications",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Whom an agent tells when findings are raised, change and are resolved: an Alertmanager, which groups, \
        silences and routes them, or a webhook. Findings that are muted are told to nobody.
        """,
      example: """
        notifications:
          - name: on-call
            alertmanager: http://alertmanager.monitoring:9093
            filter: "severity:critical !namespace:sandbox"
          - name: chat
            webhook: https://chat.example.com/hooks/kpatrol
            tokenFile: /etc/kpatrol/chat-token
        """
    ),
    ConfigurationKey(
      path: "notifications[].name",
      type: "name",
      byDefault: "none, it must be written",
      meaning: "What it is called in logs and metrics.",
      example: "name: on-call"
    ),
    ConfigurationKey(
      path: "notifications[].alertmanager",
      type: "URL (http or https)",
      byDefault: "none",
      meaning: """
        An Alertmanager 0.16 or later, without /api/v2/alerts, which is added. Each finding is an alert of the \
        name of its check, with cluster, namespace, kind, name, severity, team and finding as labels.
        """,
      example: #"alertmanager: "http://alertmanager.monitoring:9093""#
    ),
    ConfigurationKey(
      path: "notifications[].webhook",
      type: "URL (http or https)",
      byDefault: "none",
      meaning: """
        What takes a POST of JSON: text, one line for people, as chats read it, and raised, changed and \
        resolved, each a list of findings as GET /api/v1/findings has them.
        """,
      example: #"webhook: "https://chat.example.com/hooks/kpatrol""#
    ),
    ConfigurationKey(
      path: "notifications[].filter",
      type: "filter as in the console",
      byDefault: "none: every finding that is not muted",
      meaning: "Of which findings it is told.",
      example: #"filter: "severity:critical team:shop""#
    ),
    ConfigurationKey(
      path: "notifications[].repeatEvery",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "1m",
      meaning: """
        How often an Alertmanager is told again what still holds; it takes an alert for over that it has not \
        heard of for four times as long.
        """,
      example: "repeatEvery: 30s"
    ),
    ConfigurationKey(
      path: "notifications[].timeout",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "10s",
      meaning: "How long one answer may take.",
      example: "timeout: 30s"
    ),
    ConfigurationKey(
      path: "notifications[].tokenFile",
      type: "path of a file",
      byDefault: "none",
      meaning: "A file with the token to sign in with; it is read anew each time.",
      example: "tokenFile: /etc/kpatrol/chat-token"
    ),
    ConfigurationKey(
      path: "notifications[].tokenCommand",
      type: "list of words",
      byDefault: "none",
      meaning: "A program with its arguments that prints the token; it is run for each request.",
      example: "tokenCommand: [pass, show, chat]"
    ),
    ConfigurationKey(
      path: "notifications[].tokenScheme",
      type: "word",
      byDefault: "Bearer",
      meaning: "The word before the token in the header Authorization.",
      example: "tokenScheme: Token"
    ),
    ConfigurationKey(
      path: "notifications[].certificateAuthority",
      type: "path of a file",
      byDefault: "none: the system's authorities are trusted",
      meaning: "PEM certificates of the authorities that are trusted instead of the system's.",
      example: "certificateAuthority: /etc/ssl/example.pem"
    ),
  ]
}
