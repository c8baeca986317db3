extension ConfigurationKey {
  /// The keys of remote checks.
  static let remoteChecks = [
    ConfigurationKey(
      path: "remoteChecks",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Services of your own, in any language, that are told of objects and of their changes as CloudEvents \
        (io.kpatrol.object.changed), and answer with findings (io.kpatrol.finding); docs/remote-checks.md \
        tells how. A service that is slow or fails costs no findings but its own, which are unknown then.
        """,
      example: """
        remoteChecks:
          - name: registry
            url: https://checks.example.com/registry
            kinds: [Deployment.apps, StatefulSet.apps]
            namespaces: ["shop-*"]
            fields: ["spec.template.spec.containers[*].image", metadata.labels]
            tokenFile: /etc/kpatrol/registry-token
        """
    ),
    ConfigurationKey(
      path: "remoteChecks[].name",
      type: "name of small letters, digits and dashes",
      byDefault: "none, it must be written",
      meaning: "Findings of the service are those of the check remote/NAME.",
      example: "name: registry"
    ),
    ConfigurationKey(
      path: "remoteChecks[].url",
      type: "URL (http or https)",
      byDefault: "none, it must be written",
      meaning: "Where events are sent (POST). Nobody is followed to another URL.",
      example: #"url: "https://checks.example.com/registry""#
    ),
    ConfigurationKey(
      path: "remoteChecks[].kinds",
      type: "list of kinds",
      byDefault: "none, it must be written",
      meaning: "The kinds of the objects: Pod, Deployment.apps, Certificate.cert-manager.io.",
      example: "kinds: [Pod, Deployment.apps]"
    ),
    ConfigurationKey(
      path: "remoteChecks[].contexts",
      type: "list of names or globs",
      byDefault: #"["*"]"#,
      meaning: "The contexts of the clusters whose objects the service is told of.",
      example: #"contexts: ["prod-*"]"#
    ),
    ConfigurationKey(
      path: "remoteChecks[].namespaces",
      type: "list of names or globs",
      byDefault: "[]: every namespace, and what is in none",
      meaning: "The namespaces of the objects; those that begin with ! are left out.",
      example: #"namespaces: ["shop-*", "!shop-test"]"#
    ),
    ConfigurationKey(
      path: "remoteChecks[].labels",
      type: "map of labels",
      byDefault: "any labels",
      meaning: "Labels that the objects have.",
      example: "labels: { app.kubernetes.io/part-of: shop }"
    ),
    ConfigurationKey(
      path: "remoteChecks[].when",
      type: "expression (CEL)",
      byDefault: "none: every object",
      meaning: """
        What has to hold for an object, as in rules: object is what is kept of it. Where it cannot be worked \
        out, as for want of a field, it does not hold.
        """,
      example: "when: object.spec.replicas > 1"
    ),
    ConfigurationKey(
      path: "remoteChecks[].fields",
      type: "list of paths in the object",
      byDefault: "[]: nothing but what names it",
      meaning: """
        What is sent of an object besides its kind, name, namespace, uid and version; an object is sent again \
        when one of these fields has changed. [*] stands for each element of a list. Only these fields are \
        kept in memory; of a Secret never a value.
        """,
      example: #"fields: ["spec.template.spec.containers[*].image", metadata.annotations]"#
    ),
    ConfigurationKey(
      path: "remoteChecks[].mode",
      type: "batch, binary or structured",
      byDefault: "batch",
      meaning: """
        How events are sent: several in one request (application/cloudevents-batch+json), or one in each, as \
        brokers want them.
        """,
      example: "mode: structured"
    ),
    ConfigurationKey(
      path: "remoteChecks[].batchSize",
      type: "number from 1 to 1000",
      byDefault: "50",
      meaning: "How many events a request holds at most, with mode batch.",
      example: "batchSize: 200"
    ),
    ConfigurationKey(
      path: "remoteChecks[].concurrency",
      type: "number from 1 to 64",
      byDefault: "2",
      meaning: "How many requests are under way at once, for each cluster.",
      example: "concurrency: 4"
    ),
    ConfigurationKey(
      path: "remoteChecks[].timeout",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "10s",
      meaning: "How long one answer may take.",
      example: "timeout: 30s"
    ),
    ConfigurationKey(
      path: "remoteChecks[].patience",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "1m",
      meaning: "How long the service may fail before what it found is unknown.",
      example: "patience: 5m"
    ),
    ConfigurationKey(
      path: "remoteChecks[].tokenFile",
      type: "path of a file",
      byDefault: "none",
      meaning: "A file with the token to sign in with; it is read anew each time.",
      example: "tokenFile: /etc/kpatrol/registry-token"
    ),
    ConfigurationKey(
      path: "remoteChecks[].tokenCommand",
      type: "list of words",
      byDefault: "none",
      meaning: "A program with its arguments that prints the token; it is run for each request.",
      example: "tokenCommand: [pass, show, registry-check]"
    ),
    ConfigurationKey(
      path: "remoteChecks[].tokenScheme",
      type: "word",
      byDefault: "Bearer",
      meaning: "The word before the token in the header Authorization.",
      example: "tokenScheme: Token"
    ),
    ConfigurationKey(
      path: "remoteChecks[].certificateAuthority",
      type: "path of a file",
      byDefault: "none: the system's authorities are trusted",
      meaning: "PEM certificates of the authorities that are trusted instead of the system's.",
      example: "certificateAuthority: /etc/ssl/example.pem"
    ),
  ]
}
