extension ConfigurationKey {
  /// The keys of events.
  static let events = [
    ConfigurationKey(
      path: "events",
      type: "map",
      byDefault: "{}",
      meaning: """
        Where others are told of findings and heals as CloudEvents (docs/events.md). What is to be told \
        waits in outbox.sqlite in $XDG_STATE_HOME/kpatrol (~/.local/state/kpatrol) until it has arrived.
        """,
      example: """
        events:
          sink: https://events.example.com/kpatrol
          types: ["io.kpatrol.finding.*"]
          tokenFile: /etc/kpatrol/events-token
        """
    ),
    ConfigurationKey(
      path: "events.sink",
      type: "URL (http or https)",
      byDefault:
        "$K_SINK, as Knative's SinkBinding sets it; where that is not set, nothing is told",
      meaning: "Where events are sent (POST). Nobody is followed to another URL.",
      example: #"sink: "https://events.example.com/kpatrol""#
    ),
    ConfigurationKey(
      path: "events.mode",
      type: "batch, binary or structured",
      byDefault: "binary",
      meaning: """
        How events are sent: one in each request, or several (application/cloudevents-batch+json), which \
        Knative's Brokers do not take.
        """,
      example: "mode: batch"
    ),
    ConfigurationKey(
      path: "events.batchSize",
      type: "number from 1 to 1000",
      byDefault: "50",
      meaning: "How many events a request holds at most, with mode batch.",
      example: "batchSize: 200"
    ),
    ConfigurationKey(
      path: "events.concurrency",
      type: "number from 1 to 64",
      byDefault: "4",
      meaning: "How many requests are under way at once; those about one finding never are.",
      example: "concurrency: 8"
    ),
    ConfigurationKey(
      path: "events.timeout",
      type: "duration such as 90s, 5m or 1h30m",
      byDefault: "10s",
      meaning: "How long one answer may take.",
      example: "timeout: 30s"
    ),
    ConfigurationKey(
      path: "events.tokenFile",
      type: "path of a file",
      byDefault: "none",
      meaning: "A file with the token to sign in with; it is read anew each time.",
      example: "tokenFile: /etc/kpatrol/events-token"
    ),
    ConfigurationKey(
      path: "events.tokenCommand",
      type: "list of words",
      byDefault: "none",
      meaning: "A program with its arguments that prints the token; it is run for each request.",
      example: "tokenCommand: [pass, show, events]"
    ),
    ConfigurationKey(
      path: "events.tokenScheme",
      type: "word",
      byDefault: "Bearer",
      meaning: "The word before the token in the header Authorization.",
      example: "tokenScheme: Token"
    ),
    ConfigurationKey(
      path: "events.certificateAuthority",
      type: "path of a file",
      byDefault: "none: the system's authorities are trusted",
      meaning: "PEM certificates of the authorities that are trusted instead of the system's.",
      example: "certificateAuthority: /etc/ssl/example.pem"
    ),
    ConfigurationKey(
      path: "events.types",
      type: "list of types or globs",
      byDefault: #"["*"]"#,
      meaning: "The types of the events of findings and heals that are told.",
      example: #"types: ["io.kpatrol.finding.*"]"#
    ),
    ConfigurationKey(
      path: "events.fromTerminals",
      type: "true or false",
      byDefault: "false",
      meaning: """
        Whether a terminal tells of findings as an agent does. Of heals it always tells, for an agent heals \
        nothing.
        """,
      example: "fromTerminals: true"
    ),
    ConfigurationKey(
      path: "events.objects",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Objects of whose changes the sink is told (io.kpatrol.object.changed). Findings about them \
        (io.kpatrol.finding) come in the answer, or later to the agent's POST /.
        """,
      example: """
        events:
          objects:
            - name: images
              kinds: [Deployment.apps]
              fields: ["spec.template.spec.containers[*].image"]
        """
    ),
    ConfigurationKey(
      path: "events.objects[].name",
      type: "name of small letters, digits and dashes",
      byDefault: "none, it must be written",
      meaning: "Findings that come about the objects are those of the check remote/NAME.",
      example: "name: images"
    ),
    ConfigurationKey(
      path: "events.objects[].kinds",
      type: "list of kinds",
      byDefault: "none, it must be written",
      meaning: "The kinds of the objects: Pod, Deployment.apps, Certificate.cert-manager.io.",
      example: "kinds: [Pod, Deployment.apps]"
    ),
    ConfigurationKey(
      path: "events.objects[].contexts",
      type: "list of names or globs",
      byDefault: #"["*"]"#,
      meaning: "The contexts of the clusters of whose objects is told.",
      example: #"contexts: ["prod-*"]"#
    ),
    ConfigurationKey(
      path: "events.objects[].namespaces",
      type: "list of names or globs",
      byDefault: "[]: every namespace, and what is in none",
      meaning: "The namespaces of the objects; those that begin with ! are left out.",
      example: #"namespaces: ["shop-*", "!shop-test"]"#
    ),
    ConfigurationKey(
      path: "events.objects[].labels",
      type: "map of labels",
      byDefault: "any labels",
      meaning: "Labels that the objects have.",
      example: "labels: { app.kubernetes.io/part-of: shop }"
    ),
    ConfigurationKey(
      path: "events.objects[].when",
      type: "expression (CEL)",
      byDefault: "none: every object",
      meaning: "What has to hold for an object, as for remote checks.",
      example: "when: object.spec.replicas > 1"
    ),
    ConfigurationKey(
      path: "events.objects[].fields",
      type: "list of paths in the object",
      byDefault: "[]: nothing but what names it",
      meaning: """
        What is sent of an object besides its kind, name, namespace, uid and version; it is sent again when \
        one of these fields has changed.
        """,
      example: #"fields: ["spec.template.spec.containers[*].image", metadata.labels]"#
    ),
    ConfigurationKey(
      path: "events.outbox",
      type: "map",
      byDefault: "{}",
      meaning: """
        How much may wait for the sink. What finds no room is dropped and counted; a finding that was not \
        told is told once there is room, as it is then.
        """,
      example: "events: { outbox: { maxEvents: 20000 } }"
    ),
    ConfigurationKey(
      path: "events.outbox.maxEvents",
      type: "number from 1 to 10000000",
      byDefault: "100000",
      meaning: "How many events wait at most.",
      example: "maxEvents: 20000"
    ),
    ConfigurationKey(
      path: "events.outbox.maxMegabytes",
      type: "number from 1 to 65536",
      byDefault: "256",
      meaning: "How large they are together at most, in MiB.",
      example: "maxMegabytes: 64"
    ),
  ]
}
