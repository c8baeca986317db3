extension ConfigurationKey {
  /// The keys of the journal.
  static let journal = [
    ConfigurationKey(
      path: "journal",
      type: "map",
      byDefault: "{}",
      meaning: """
        How much the journal keeps of what happened: of findings, of what was said of them, and of heals \
        with their backups. It is journal.sqlite in $XDG_STATE_HOME/kpatrol (~/.local/state/kpatrol). \
        What is not over is never forgotten.
        """,
      example: "journal: { keepFor: 30d, maxMegabytes: 64 }"
    ),
    ConfigurationKey(
      path: "journal.keepFor",
      type: "duration such as 90d or 12h",
      byDefault: "90d",
      meaning: """
        For how long what is over is kept, 365d at most; a heal whose backup is forgotten cannot be \
        undone.
        """,
      example: "keepFor: 30d"
    ),
    ConfigurationKey(
      path: "journal.maxMegabytes",
      type: "whole number from 1 on",
      byDefault: "256",
      meaning: "How large the journal may grow, in MiB; beyond that the oldest is forgotten first.",
      example: "maxMegabytes: 64"
    ),
    ConfigurationKey(
      path: "journal.secrets",
      type: "omitted or encrypted",
      byDefault: "omitted",
      meaning: """
        What the journal keeps of the values of Secrets that are changed or deleted: nothing, so that no \
        undo brings them back, or all, encrypted with AES-256-GCM. The confirm screen tells which.
        """,
      example: "secrets: encrypted"
    ),
    ConfigurationKey(
      path: "journal.secretsKey",
      type: "path",
      byDefault: "journal.key beside the journal",
      meaning: """
        The file of the key with which they are encrypted, as seen from this file: 32 bytes in base64, \
        which only you may read. It is made where it is missing; without it nothing that was encrypted is \
        ever read again.
        """,
      example: "secretsKey: journal.key"
    ),
  ]
}
