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
  ]
}
