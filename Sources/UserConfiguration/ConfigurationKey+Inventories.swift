extension ConfigurationKey {
  /// The keys of inventories.
  static let inventories =
    [
      ConfigurationKey(
        path: "inventories",
        type: "list of maps",
        byDefault: "[]",
        meaning: """
          Outside sources of truth that clusters are held against: which machines there are (CMDB), which \
          addresses are whose (IPAM). The checks drift/cmdb-* and drift/ipam-* need them.
          """,
        example: """
          inventories:
            - name: machines
              kind: cmdb
              from: { file: /etc/kpatrol/machines.csv }
              map: { hostname: Name, address: "IP address" }
            - name: netbox
              kind: ipam
              from: { netbox: "https://netbox.example.com", tokenFile: /etc/kpatrol/netbox-token }
          """
      ),
      ConfigurationKey(
        path: "inventories[].name",
        type: "name",
        byDefault: "none, it must be written",
        meaning: "What findings call the inventory; no other has the name.",
        example: "name: netbox"
      ),
      ConfigurationKey(
        path: "inventories[].kind",
        type: "cmdb or ipam",
        byDefault: "none, it must be written",
        meaning: "Whether its records tell of machines (cmdb) or of addresses and ranges (ipam).",
        example: "kind: ipam"
      ),
      ConfigurationKey(
        path: "inventories[].contexts",
        type: "list of names or globs",
        byDefault: #"["*"]"#,
        meaning: "The contexts of the clusters that it tells of.",
        example: #"contexts: ["dc1-*"]"#
      ),
      ConfigurationKey(
        path: "inventories[].from",
        type: "map",
        byDefault: "none, it must be written",
        meaning: """
          Where the records come from: exactly one of file, url and netbox, and how to read that. What \
          cannot be read leaves the checks that need it not inspected; nothing is taken for missing.
          """,
        example: "from: { file: machines.csv }"
      ),
      ConfigurationKey(
        path: "inventories[].from.file",
        type: "path of a file",
        byDefault: "none",
        meaning: """
          A CSV file with a header line, or a JSON or YAML file with a list of maps. It is read again when \
          it changes. A relative path is one from the folder of the configuration file.
          """,
        example: "file: machines.csv"
      ),
      ConfigurationKey(
        path: "inventories[].from.url",
        type: "URL (http or https)",
        byDefault: "none",
        meaning: "An endpoint that answers with the records.",
        example: #"url: "https://cmdb.example.com/api/machines""#
      ),
      ConfigurationKey(
        path: "inventories[].from.netbox",
        type: "URL (http or https)",
        byDefault: "none",
        meaning: """
          The root of a NetBox. Its API and its records are known: of a cmdb its devices and virtual \
          machines are read, of an ipam its addresses and prefixes. Keys of map win over what is known.
          """,
        example: #"netbox: "https://netbox.example.com""#
      ),
      ConfigurationKey(
        path: "inventories[].from.format",
        type: "csv, json or yaml",
        byDefault: "what the file's name ends with; json for a url",
        meaning: "How the records are written.",
        example: "format: csv"
      ),
      ConfigurationKey(
        path: "inventories[].from.records",
        type: "path in the document",
        byDefault: "$, the document itself",
        meaning: "Where in a JSON or YAML document the list of records stands.",
        example: "records: result.items"
      ),
      ConfigurationKey(
        path: "inventories[].from.next",
        type: "path in the document",
        byDefault: "none",
        meaning: """
          Where an answer has the link to the next page. Only its path and query count: no link leads to \
          another server.
          """,
        example: "next: links.next"
      ),
      ConfigurationKey(
        path: "inventories[].from.offset",
        type: "name of a parameter",
        byDefault: "none",
        meaning: """
          The parameter that tells how many records to skip, for endpoints without links; pages are asked \
          for until one is empty.
          """,
        example: "offset: offset"
      ),
      ConfigurationKey(
        path: "inventories[].from.limit",
        type: "name of a parameter",
        byDefault: "limit",
        meaning: "With offset, the parameter that tells how many records a page has.",
        example: "limit: per_page"
      ),
      ConfigurationKey(
        path: "inventories[].from.pageSize",
        type: "number from 1 to 100000",
        byDefault: "500",
        meaning: "How many records a page has, with offset and with netbox.",
        example: "pageSize: 1000"
      ),
      ConfigurationKey(
        path: "inventories[].from.tokenFile",
        type: "path of a file",
        byDefault: "none",
        meaning: "A file with the token to sign in with; it is read anew each time.",
        example: "tokenFile: /etc/kpatrol/netbox-token"
      ),
      ConfigurationKey(
        path: "inventories[].from.tokenCommand",
        type: "list of words",
        byDefault: "none",
        meaning: "A program with its arguments that prints the token; it is run for each reading.",
        example: "tokenCommand: [pass, show, netbox]"
      ),
      ConfigurationKey(
        path: "inventories[].from.tokenScheme",
        type: "word",
        byDefault: "Bearer; Token for netbox",
        meaning: "The word before the token in the header Authorization.",
        example: "tokenScheme: Token"
      ),
      ConfigurationKey(
        path: "inventories[].from.certificateAuthority",
        type: "path of a file",
        byDefault: "none: the system's authorities are trusted",
        meaning: "PEM certificates of the authorities that are trusted instead of the system's.",
        example: "certificateAuthority: /etc/ssl/example.pem"
      ),
      ConfigurationKey(
        path: "inventories[].from.every",
        type: "duration such as 90s, 5m or 1h30m",
        byDefault: "5m; 10s for a file",
        meaning: "How long after one reading the next begins; at least 5s.",
        example: "every: 1m"
      ),
      ConfigurationKey(
        path: "inventories[].from.timeout",
        type: "duration such as 90s, 5m or 1h30m",
        byDefault: "30s",
        meaning: "How long one answer may take.",
        example: "timeout: 2m"
      ),
      ConfigurationKey(
        path: "inventories[].map",
        type: "map of fields to paths",
        byDefault: "each field under its own name; for netbox, what is known of it",
        meaning: """
          Where a record has what KPatrol reads of it: a path such as primary_ip.address, or a list of \
          paths of which the first that leads to something counts. Fields of a cmdb are address, cluster, \
          hostname, owner, providerID, rack, serial, state, systemUUID and zone; of an ipam address, \
          cluster, hostname, id, managed, owner, prefix and state. A range is managed if its addresses are \
          allocated one by one, those of Pods included; where nothing tells, that is taken to be so for \
          Nodes and load balancers in ranges in which any address is allocated.
          """,
        example: #"map: { hostname: name, address: [primary_ip4.address, primary_ip6.address] }"#
      ),
      ConfigurationKey(
        path: "inventories[].labels",
        type: "map of fields to labels",
        byDefault: "{}; a zone is topology.kubernetes.io/zone where a Node has that",
        meaning: "The labels of Nodes that say the same as owner, rack, serial or zone of a cmdb.",
        example: "labels: { rack: example.com/rack }"
      ),
      ConfigurationKey(
        path: "inventories[].clusters",
        type: "map of names to contexts",
        byDefault: "{}: clusters have the names of their contexts",
        meaning: "What the inventory calls clusters, and the contexts of these.",
        example: "clusters: { prod-eu: admin@prod-eu }"
      ),
      ConfigurationKey(
        path: "inventories[].retiredStates",
        type: "list of states",
        byDefault: "\(text(InventorySettings.defaultRetiredStates))",
        meaning: "The states of what must not be in use; case does not matter.",
        example: "retiredStates: [scrapped, sold]"
      ),
      ConfigurationKey(
        path: "inventories[].plannedStates",
        type: "list of states",
        byDefault: "\(text(InventorySettings.defaultPlannedStates))",
        meaning: "The states of what may be unused; case does not matter.",
        example: "plannedStates: [ordered]"
      ),
    ] + releases

  /// The keys of how addresses are released.
  private static let releases = [
    ConfigurationKey(
      path: "inventories[].release",
      type: "map",
      byDefault: "none: KPatrol changes nothing in the inventory",
      meaning: """
        How an address is released that an ipam says the cluster has, and that nothing uses. With it \
        findings of drift/ipam-leaked offer that; before anything is changed, the record is read again. \
        A netbox needs no more than {}: the record's status becomes deprecated, which can be taken back, \
        and people delete the record when they are sure. With method DELETE it is gone at once.
        """,
      example: "release: {}"
    ),
    ConfigurationKey(
      path: "inventories[].release.method",
      type: "PATCH, PUT, POST or DELETE; for netbox, PATCH or DELETE",
      byDefault: "PATCH",
      meaning: "The method of the request that releases an address.",
      example: "method: DELETE"
    ),
    ConfigurationKey(
      path: "inventories[].release.url",
      type: "URL (http or https)",
      byDefault: "for netbox the record's own; else none, it must be written",
      meaning: """
        Where the record is read, as JSON, and then changed. In its path and query {address}, {id} and \
        {state} stand for what the record says, {id} for its field id or what map says of that.
        """,
      example: #"url: "https://ipam.example.com/api/addresses/{id}""#
    ),
    ConfigurationKey(
      path: "inventories[].release.body",
      type: "text",
      byDefault: #"for netbox {"status":"deprecated"}; none with DELETE and for a url"#,
      meaning: "The JSON that is sent; {address}, {id} and {state} may stand in its strings.",
      example: #"body: '{"state": "free"}'"#
    ),
    ConfigurationKey(
      path: "inventories[].release.undo",
      type: "text",
      byDefault: #"for netbox {"status":"{state}"} where body is not written; else none"#,
      meaning: """
        The JSON that takes it back, sent in the same way. It is shown, not sent: without it an address \
        is released only once somebody has typed it.
        """,
      example: #"undo: '{"state": "{state}"}'"#
    ),
    ConfigurationKey(
      path: "inventories[].release.tokenFile",
      type: "path of a file",
      byDefault: "the token that the inventory is read with",
      meaning: "A file with the token to release with, where another one may do that.",
      example: "tokenFile: /etc/kpatrol/netbox-write-token"
    ),
    ConfigurationKey(
      path: "inventories[].release.tokenCommand",
      type: "list of words",
      byDefault: "none",
      meaning: "A program with its arguments that prints that token; it is run for each release.",
      example: "tokenCommand: [pass, show, netbox-write]"
    ),
  ]

  private static func text(_ states: Set<String>) -> String {
    "[" + states.sorted().joined(separator: ", ") + "]"
  }
}
