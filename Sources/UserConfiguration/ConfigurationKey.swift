/// A key of the configuration file, as documentation tells of it.
package struct ConfigurationKey: Sendable {
  /// The way to it from the file's root, `ID` standing for any check's id: `checks.ID.settles`.
  package let path: String
  package let type: String
  /// What holds where the key is not written.
  package let byDefault: String
  package let meaning: String
  /// A few lines of YAML, from the file's root.
  package let example: String

  /// The name of the key itself.
  var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// The path of the key that it stands under; empty for one at the root.
  var parent: String { path.split(separator: ".").dropLast().joined(separator: ".") }
}

extension ConfigurationKey {
  /// All keys, in the order in which they are explained.
  ///
  /// What reads a file knows the names of its keys from here.
  package static let all =
    clustersAndScopes + inventories + screenAndChecks + owners + healing + journal + rules
    + remoteChecks + events + reports + notifications + agents

  private static let clustersAndScopes = [
    ConfigurationKey(
      path: "contexts",
      type: "list of names or globs",
      byDefault: "the current context",
      meaning: """
        The contexts of the kubeconfig to open where neither --context nor --all-contexts is given.
        """,
      example: #"contexts: [staging, "dev-*"]"#
    ),
    ConfigurationKey(
      path: "readOnlyContexts",
      type: "list of names or globs",
      byDefault: #"["*prod*"]"#,
      meaning: """
        The contexts in which nothing is changed: plans are shown, and cannot be confirmed. With [] \
        every context may be changed; --read-only makes all of them read-only all the same.
        """,
      example: #"readOnlyContexts: ["prod-*", "*-production"]"#
    ),
    ConfigurationKey(
      path: "protectedNamespaces",
      type: "list of names or globs",
      byDefault: "[kube-node-lease, kube-public, kube-system]",
      meaning: """
        The namespaces in which nothing is healed: a plan that changes an object of one of them, or \
        the namespace itself, cannot be confirmed; but a Node that is drained sends all its Pods \
        elsewhere. Findings are shown as everywhere.
        """,
      example: #"protectedNamespaces: ["kube-*", istio-system]"#
    ),
    ConfigurationKey(
      path: "addressScopes",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Clusters that share a flat network: an address that Pods of two of them have is found by \
        conflict/pod-address-across-clusters. Beyond that, conflicts of addresses are found within each \
        cluster alone.
        """,
      example: """
        addressScopes:
          - name: datacentre
            contexts: ["dc1-*"]
            cidrs: [10.0.0.0/8]
        """
    ),
    ConfigurationKey(
      path: "addressScopes[].name",
      type: "name",
      byDefault: "none, it must be written",
      meaning: "The name of the scope, which no other scope has.",
      example: "name: datacentre"
    ),
    ConfigurationKey(
      path: "addressScopes[].contexts",
      type: "list of names or globs",
      byDefault: "none, it must be written",
      meaning: "The contexts of the clusters that share the network.",
      example: #"contexts: ["dc1-*"]"#
    ),
    ConfigurationKey(
      path: "addressScopes[].cidrs",
      type: "list of ranges of addresses",
      byDefault: "none, it must be written",
      meaning: "The ranges, IPv4 or IPv6, in which an address is used once in all of them.",
      example: #"cidrs: [10.0.0.0/8, "fd00:10::/32"]"#
    ),
  ]

  private static let screenAndChecks = [
    ConfigurationKey(
      path: "theme",
      type: "name",
      byDefault: "default-light on a light background, otherwise default-dark",
      meaning: """
        The theme of the terminal: its name, or the path of a theme's file or of a skin of k9s. The \
        option --theme wins.
        """,
      example: "theme: default-light"
    ),
    ConfigurationKey(
      path: "teamLabel",
      type: "name of a label",
      byDefault: "none",
      meaning: """
        The label whose value names the team that answers for an object. Where the object has none \
        its namespace's counts. Findings are put into groups by it, and team:NAME filters them.
        """,
      example: "teamLabel: example.com/team"
    ),
    ConfigurationKey(
      path: "listing",
      type: "whole, pages or stream, or a map of contexts to these",
      byDefault: "whole",
      meaning: """
        How the objects of a kind are asked for: all in one answer, which is the quickest; in pages \
        of 500, for proxies and servers that cannot do more; or as a stream, which spares the \
        server's memory. A server that cannot stream, or breaks off a whole answer twice, is asked \
        in another way by itself. In a map, whose keys are names of contexts or globs, the first one \
        counts that means the context; where none does, it is whole.
        """,
      example: """
        listing:
          "edge-*": pages
          huge: stream
        """
    ),
    ConfigurationKey(
      path: "profile",
      type: "default, hygiene or all",
      byDefault: "default",
      meaning: """
        Which checks the live screen runs: those of the profile default find what is broken or soon will \
        be, those of hygiene what could be tidier. The option --profile wins; a scan runs all checks \
        unless --profile says otherwise.
        """,
      example: "profile: all"
    ),
    ConfigurationKey(
      path: "checks",
      type: "map of check ids",
      byDefault: "{}",
      meaning: """
        What is changed of the checks. All that is not written stays as the check declares it; \
        kpatrol config show lists the checks and what holds for each.
        """,
      example: """
        checks:
          conflict/pod-address: { settles: 2m }
          risk/certificate-expiry: { thresholds: { warningDays: 21 } }
          risk/quota: { enabled: false }
        """
    ),
    ConfigurationKey(
      path: "checks.ID.enabled",
      type: "true or false",
      byDefault: "true for the checks of the profile in force",
      meaning: """
        Whether the check is run at all; true runs a check of another profile, too.
        """,
      example: "enabled: false"
    ),
    ConfigurationKey(
      path: "checks.ID.severity",
      type: "critical, warning or info",
      byDefault: "the check's own",
      meaning: "The severity of its findings.",
      example: "severity: info"
    ),
    ConfigurationKey(
      path: "checks.ID.settles",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "the check's own",
      meaning: """
        How long its condition must hold before it is a finding; units are d, h, m and s. The demo \
        and a scan, which looks once, shorten it.
        """,
      example: "settles: 1h30m"
    ),
    ConfigurationKey(
      path: "checks.ID.thresholds",
      type: "map of numbers",
      byDefault: "the check's own",
      meaning: """
        The numbers that the check compares with, by their names; kpatrol explain ID tells which there \
        are, and in which unit.
        """,
      example: "thresholds: { percent: 80 }"
    ),
    ConfigurationKey(
      path: "mutes",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Findings that are no news: they are counted, shown last with the reason, and do not count for \
        a scan's exit code. All that is written of one must fit; what two objects share is muted where \
        it fits both. On an object or its namespace, the annotation kpatrol.io/mute: "check[, check]" \
        does the same for the checks that it names.
        """,
      example: """
        mutes:
          - check: risk/no-budget
            namespace: "dev-*"
            reason: nobody waits for what runs there
          - labels: { app: legacy }
            until: 2027-03-31
            reason: it is switched off in spring
        """
    ),
    ConfigurationKey(
      path: "mutes[].check",
      type: "check id or glob",
      byDefault: "every check",
      meaning: "Whose findings are muted.",
      example: "check: risk/no-*"
    ),
    ConfigurationKey(
      path: "mutes[].namespace",
      type: "name or glob",
      byDefault: "every namespace, and what is in none",
      meaning: "The namespace of the objects that the findings are about.",
      example: #"namespace: "dev-*""#
    ),
    ConfigurationKey(
      path: "mutes[].name",
      type: "name or glob",
      byDefault: "every name",
      meaning: "The name of the objects that the findings are about.",
      example: #"name: "legacy-*""#
    ),
    ConfigurationKey(
      path: "mutes[].labels",
      type: "map of labels",
      byDefault: "any labels",
      meaning: "Labels that the objects have, which the findings are about.",
      example: "labels: { app: legacy }"
    ),
    ConfigurationKey(
      path: "mutes[].team",
      type: "name",
      byDefault: "every team, and what is nobody's",
      meaning: "Who answers for what the findings are about, as owners or teamLabel says.",
      example: "team: shop"
    ),
    ConfigurationKey(
      path: "mutes[].until",
      type: "date or time",
      byDefault: "for ever",
      meaning: "The last day on which they are muted (UTC), or the time when that ends.",
      example: "until: 2027-03-31"
    ),
    ConfigurationKey(
      path: "mutes[].reason",
      type: "text",
      byDefault: "none, it must be written",
      meaning: "Why they are no news; it is shown with each.",
      example: "reason: it is switched off in spring"
    ),
    ConfigurationKey(
      path: "keys",
      type: "map of screens to maps of actions to keys",
      byDefault: "{}",
      meaning: """
        Other keys for what the screens do; under global stands what all of them do. An action has one \
        key or a list of them, [] leaves it none. kpatrol config keys lists the screens, the actions \
        and their keys. Keys are characters, ctrl-x, enter, esc, tab, space, backspace, delete, up, \
        down, left, right, home, end, page-up, page-down, shift-left and shift-right.
        """,
      example: """
        keys:
          global: { quit: [Q, ctrl-c] }
          findings: { filter: f, fold: [] }
        """
    ),
    ConfigurationKey(
      path: "mouse",
      type: "true or false",
      byDefault: "true",
      meaning: """
        Whether clicks and the wheel are KPatrol's; with false they are the terminal's, which selects \
        text by them. The command :mouse changes it while screens are open.
        """,
      example: "mouse: false"
    ),
  ]

  /// The keys at the root.
  static var topLevel: [ConfigurationKey] { all.filter(\.parent.isEmpty) }

  /// The keys that stand under this one, at any depth.
  var below: [ConfigurationKey] {
    Self.all.filter { $0.path.hasPrefix("\(path).") || $0.path.hasPrefix("\(path)[") }
  }

  /// The names that may stand in the map at a path.
  static func names(under parent: String) -> [String] {
    all.filter { $0.parent == parent }.map(\.name)
  }

}
