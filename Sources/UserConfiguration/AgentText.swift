/// An agent's configuration as YAML; a token's place is shown, never a token.
enum AgentText {
  /// The lines of a list's element.
  static func lines(_ agent: AgentSettings) -> [String] {
    var fields = [("url", QuotedText.quoted(agent.url.text))]
    switch agent.token {
    case .file(let path): fields.append(("tokenFile", QuotedText.quoted(path)))
    case .command(let words): fields.append(("tokenCommand", SettingsText.list(words)))
    case .text, nil: break
    }
    if let path = agent.certificateAuthority {
      fields.append(("certificateAuthority", QuotedText.quoted(path)))
    }
    if !agent.contexts.isEmpty {
      let contexts = agent.contexts.sorted { $0.key < $1.key }
        .map { "\(QuotedText.quoted($0.key)): \(QuotedText.quoted($0.value))" }
      fields.append(("contexts", "{\(contexts.joined(separator: ", "))}"))
    }
    return fields.enumerated().map { index, field in
      "\(index == 0 ? "  - " : "    ")\(field.0): \(field.1)"
    }
  }
}

extension SettingsText {
  var agents: [String] {
    let agents = file.settings.agents
    guard !agents.isEmpty else { return ["agents: []" + origin("agents")] }
    return ["agents:" + origin("agents")] + agents.flatMap(AgentText.lines)
  }
}
