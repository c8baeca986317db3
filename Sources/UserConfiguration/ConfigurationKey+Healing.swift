extension ConfigurationKey {
  /// What may be healed, how much of it, and what proposes itself.
  static let healing = guardrails + policies

  private static let guardrails = [
    ConfigurationKey(
      path: "healing",
      type: "map",
      byDefault: "{}",
      meaning: """
        What may be healed, and what proposes itself. Beside readOnlyContexts and protectedNamespaces, \
        nothing is changed that has the annotation kpatrol.io/heal: "never", or is in a namespace that \
        has it. What is broken of the limits below asks for the cluster's name and a reason, and is \
        written into the journal.
        """,
      example: """
        healing:
          actionsPerHour: 20
          windows: ["Mon-Fri 22:00-05:00"]
        """
    ),
    ConfigurationKey(
      path: "healing.protectedLabels",
      type: "list of label selectors",
      byDefault: "[]",
      meaning: "Nothing is changed that has labels which one of them selects.",
      example: #"protectedLabels: ["tier=payments", "!app"]"#
    ),
    ConfigurationKey(
      path: "healing.actionsPerHour",
      type: "number from 1 to 1000",
      byDefault: "60",
      meaning: "How many plans are carried out in a cluster within an hour, by this program.",
      example: "actionsPerHour: 20"
    ),
    ConfigurationKey(
      path: "healing.sharePercent",
      type: "number from 1 to 100",
      byDefault: "30",
      meaning: """
        How many percent of a workload's Pods, of the cluster's Pods and of its Nodes one plan may \
        take away; one it always may.
        """,
      example: "sharePercent: 10"
    ),
    ConfigurationKey(
      path: "healing.stormPercent",
      type: "number from 1 to 100",
      byDefault: "30",
      meaning: """
        Where more percent of the Nodes than that are not ready, the fault is believed to be elsewhere; \
        one Node is no storm.
        """,
      example: "stormPercent: 50"
    ),
    ConfigurationKey(
      path: "healing.coolDown",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "10m",
      meaning: "For how long an object is left alone that something was done to.",
      example: "coolDown: 30m"
    ),
    ConfigurationKey(
      path: "healing.windows",
      type: "list of times of the week (UTC)",
      byDefault: "[]",
      meaning: """
        When something may be changed; with [] at any time. A window has days, or none for all of \
        them, and a span of time, which may go past midnight.
        """,
      example: #"windows: ["Mon-Fri 22:00-05:00", "Sat,Sun 00:00-24:00"]"#
    ),
  ]

  private static let policies = [
    ConfigurationKey(
      path: "healing.policies",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        What proposes itself: once a finding has stood for a while, the remedy's plan is put into the \
        queue, which :queue shows, and a person confirms it or does not.
        """,
      example: """
        healing:
          policies:
            - name: idle Nodes
              check: stuck/cordoned
              remedy: uncordon-node
              after: 30m
        """
    ),
    ConfigurationKey(
      path: "healing.policies[].name",
      type: "name",
      byDefault: "none, it must be written",
      meaning: "What the queue and the journal call it; no other policy has the name.",
      example: "name: idle Nodes"
    ),
    ConfigurationKey(
      path: "healing.policies[].check",
      type: "check id or glob",
      byDefault: "every check",
      meaning: "Whose findings it is meant for.",
      example: "check: stuck/*"
    ),
    ConfigurationKey(
      path: "healing.policies[].namespace",
      type: "name or glob",
      byDefault: "every namespace, and what is in none",
      meaning: "The namespace of the objects that the findings are about.",
      example: #"namespace: "dev-*""#
    ),
    ConfigurationKey(
      path: "healing.policies[].contexts",
      type: "list of names or globs",
      byDefault: "all contexts",
      meaning: "The contexts of the clusters that it is meant for.",
      example: #"contexts: ["dev-*"]"#
    ),
    ConfigurationKey(
      path: "healing.policies[].severity",
      type: "critical, warning or info",
      byDefault: "info",
      meaning: "The least severity of the findings.",
      example: "severity: critical"
    ),
    ConfigurationKey(
      path: "healing.policies[].remedy",
      type: "name of a remedy",
      byDefault: "none, it must be written",
      meaning: "What is proposed, where the finding's check offers it.",
      example: "remedy: uncordon-node"
    ),
    ConfigurationKey(
      path: "healing.policies[].after",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "5m",
      meaning: "How long the finding must have stood.",
      example: "after: 30m"
    ),
    ConfigurationKey(
      path: "healing.policies[].automatic",
      type: "true or false",
      byDefault: "false",
      meaning: """
        Whether the plan is carried out without a person, where it asks for one key only, disturbs \
        nothing that runs, can be undone, and breaks no guardrail; any other waits in the queue all the \
        same.
        """,
      example: "automatic: true"
    ),
    ConfigurationKey(
      path: "healing.policies[].perHour",
      type: "number from 1 to 1000",
      byDefault: "10",
      meaning: "How many plans it makes in a cluster within an hour.",
      example: "perHour: 3"
    ),
  ]
}
