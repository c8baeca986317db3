import AgentClient
import Monitoring
import TerminalKit

/// What is told of the agents that tell of a cluster, and of how it is read besides.
enum AgentLines {
  static func lines(about status: ClusterStatus) -> [ScrollingText.Line] {
    guard !status.agents.isEmpty else { return [] }
    var lines: [ScrollingText.Line] = []
    for agent in status.agents { lines += self.lines(about: agent, status) }
    guard !status.isAgentAlone else { return lines }
    let context = status.context.isEmpty ? "" : " with context \(status.context)"
    switch status.reading {
    case .unread:
      lines.append(
        .init("from agents alone; healing reads it directly\(context)", label: "read")
      )
    case .underWay(let synced, let total):
      let text = "directly\(context): \(synced) of \(total) kinds so far"
      lines.append(.init(text, style: Style(.progress), label: "read"))
    case .done: lines.append(.init("directly\(context), besides", label: "read"))
    case .impossible(let reason):
      lines.append(.init(reason, style: Style(.warning), label: "read"))
    }
    return lines
  }

  private static func lines(
    about agent: AgentStatus,
    _ status: ClusterStatus
  ) -> [ScrollingText.Line] {
    var parts = [agent.place]
    if agent.clusterCount > 0 {
      parts.append(agent.clusterCount == 1 ? "1 cluster" : "\(agent.clusterCount) clusters")
    }
    if !agent.version.isEmpty { parts.append("version \(agent.version)") }
    let heard = agent.lastHeard.map { heard in
      "\(Age.text(from: heard, to: status.now)) ago"
    }
    var lines: [ScrollingText.Line] = []
    switch agent.connection {
    case .connecting: parts.append("connecting")
    case .following: parts.append("last heard \(heard ?? "never")")
    case .lost(let reason):
      parts.append("no connection for \(Age.text(from: agent.since, to: status.now))")
      let known = agent.lastHeard.map { "findings as of \($0.timeOfDay). " } ?? ""
      lines.append(.init("\(known)\(reason)", style: Style(.error), indent: 2))
    }
    let isWell = agent.connection.trouble == nil
    let text = parts.joined(separator: ", ")
    lines.insert(.init(text, style: Style(isWell ? .text : .error), label: "agent"), at: 0)
    if agent.unreadableLines > 0 {
      let text = "\(agent.unreadableLines) times it told what cannot be understood"
      lines.append(.init(text, style: Style(.warning), indent: 2))
    }
    if let remark = agent.remark {
      lines.append(.init(remark, style: Style(.warning), indent: 2))
    }
    return lines
  }
}
