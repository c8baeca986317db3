/// An agent's configuration as YAML; a token's place is shown, never a token.
enum AgentText {
  /// The lines of a list's element.
  static func lines(_ agent: AgentSettings) -> [String] {
    var fields = [("url", QuotedText.quoted(agent.url.text))]
    fields += SettingsText.signIn(agent.token, authority: agent.certificateAuthority)
    if !agent.contexts.isEmpty {
      let contexts = agent.contexts.sorted { $0.key < $1.key }
        .map { "\(QuotedText.quoted($0.key)): \(QuotedText.quoted($0.value))" }
      fields.append(("contexts", "{\(contexts.joined(separator: ", "))}"))
    }
    return SettingsText.element(fields)
  }
}

extension SettingsText {
  var agents: [String] {
    let agents = file.settings.agents
    guard !agents.isEmpty else { return ["agents: []" + origin("agents")] }
    return ["agents:" + origin("agents")] + agents.flatMap(AgentText.lines)
  }
}
