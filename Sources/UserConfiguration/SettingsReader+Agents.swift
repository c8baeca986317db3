import YAMLReading

/// Reads what is said of agents.
extension SettingsReader {
  mutating func readAgents(_ value: YAMLValue) {
    var urls: Set<AgentURL> = []
    for element in elements(value) {
      guard let agent = agent(element) else { continue }
      notePlace(of: element)
      guard urls.insert(agent.url).inserted else {
        note(element.place, "another agent has this URL too")
        continue
      }
      settings.agents.append(agent)
    }
  }

  private mutating func agent(_ element: YAMLValue) -> AgentSettings? {
    var url: AgentURL?
    var token: InventorySource.Token?
    var authority: String?
    var contexts: [String: String] = [:]
    let known = ConfigurationKey.names(under: "agents[]")
    let isMap = readFields(of: element, known: known) { reader, field, value in
      switch field {
      case "url": url = reader.agentURL(value)
      case "tokenFile", "tokenCommand": token = reader.token(field, value)
      case "contexts":
        let names = value.isMap ? value.names : []
        reader.readFields(of: value, known: names, called: "cluster") { reader, name, value in
          contexts[name] = reader.name(value)
        }
      default: authority = reader.filePath(value)
      }
    }
    guard isMap else { return nil }
    if element.value("url") == nil { note(element.place.appending("url"), "it is missing") }
    noteTwo("tokenFile", "tokenCommand", in: element)
    guard let url else { return nil }
    var agent = AgentSettings(url: url)
    (agent.token, agent.certificateAuthority, agent.contexts) = (token, authority, contexts)
    return agent
  }

  private mutating func agentURL(_ value: YAMLValue) -> AgentURL? {
    guard let text = name(value) else { return nil }
    do throws(AgentURL.Mistake) {
      return try AgentURL(text)
    } catch {
      note(value.place, "\(QuotedText.excerpt(text)) \(error.description)")
      return nil
    }
  }
}
