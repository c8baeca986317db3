extension ConfigurationKey {
  /// The keys of agents.
  static let agents = [
    ConfigurationKey(
      path: "agents",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        How agents are asked that --agent URL names. Where the command line names no cluster and no agent, \
        the terminal opens on all of these, besides the contexts that are configured. What is healed is \
        healed by the kubeconfig's credentials, and never by an agent.
        """,
      example: """
        agents:
          - url: https://kpatrol.example.com:8481
            tokenFile: /etc/kpatrol/agent-token
            contexts: { shop: shop-admin }
        """
    ),
    ConfigurationKey(
      path: "agents[].url",
      type: "URL (https; http on this machine)",
      byDefault: "none, it must be written",
      meaning: "Where the agent answers: what kpatrol agent --listen says.",
      example: #"url: "https://kpatrol.example.com:8481""#
    ),
    ConfigurationKey(
      path: "agents[].tokenFile",
      type: "path of a file",
      byDefault: "none",
      meaning: "A file with the token to sign in with; it is read anew for each connection.",
      example: "tokenFile: /etc/kpatrol/agent-token"
    ),
    ConfigurationKey(
      path: "agents[].tokenCommand",
      type: "list of words",
      byDefault: "none",
      meaning: "A program with its arguments that prints the token; it is run for each connection.",
      example: "tokenCommand: [kubectl, create, token, kpatrol-viewer]"
    ),
    ConfigurationKey(
      path: "agents[].certificateAuthority",
      type: "path of a file",
      byDefault: "none: the system's authorities are trusted",
      meaning: "PEM certificates of the authorities that are trusted instead of the system's.",
      example: "certificateAuthority: /etc/ssl/example.pem"
    ),
    ConfigurationKey(
      path: "agents[].contexts",
      type: "map of names of clusters to contexts",
      byDefault: "the context of the same name, or whose server is the same",
      meaning: """
        By which context of the kubeconfig a cluster of the agent is read and healed, as the agent calls \
        the cluster.
        """,
      example: "contexts: { shop: shop-admin }"
    ),
  ]
}
