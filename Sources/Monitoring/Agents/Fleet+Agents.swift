import AgentClient
import Inspection
import KubernetesObjects
import Rules
import UserConfiguration

/// What a fleet knows of the agents that it is attached to, by their numbers.
struct AttachedAgents: Sendable {
  let sources: AgentSources
  var statuses: [AgentStatus]
  /// How the clusters of each agent stood when it last told.
  var clusters: [[AttachedCluster]]
  /// Of which clusters it told all.
  var complete: [Set<String>]

  init(_ sources: AgentSources, at now: Timestamp) {
    self.sources = sources
    statuses = sources.followers.map {
      AgentStatus(place: $0.settings.url.place, url: $0.settings.url.text, since: now)
    }
    clusters = sources.followers.map { _ in [] }
    complete = sources.followers.map { _ in [] }
  }

  /// Takes in what one of them told, but for findings.
  mutating func take(_ news: AgentNews, of index: Int, at now: Timestamp) {
    if let connection = news.connection, connection.isOtherState(than: statuses[index].connection) {
      statuses[index].connection = connection
      statuses[index].since = now
    }
    // That nothing comes is nothing that it told.
    if news.connection?.trouble == nil { statuses[index].lastHeard = now }
    if let told = news.clusters {
      clusters[index] = told
      statuses[index].clusterCount = told.count
      statuses[index].version = told.lazy.map(\.agentVersion).first { !$0.isEmpty } ?? ""
    }
    if let complete = news.complete { self.complete[index] = complete }
    if let count = news.unreadableLines { statuses[index].unreadableLines = count }
  }
}

extension AgentConnection {
  /// Whether it is not merely for another reason that nothing comes.
  fileprivate func isOtherState(than other: AgentConnection) -> Bool {
    (trouble == nil) != (other.trouble == nil) || self == .following && other != .following
  }
}

extension Fleet {
  /// Follows the agents until the task is cancelled, and the clusters that they tell of.
  nonisolated func followAgents() async {
    let followers = await agents.sources.followers
    await withDiscardingTaskGroup { group in
      for (index, follower) in followers.enumerated() {
        group.addTask {
          await follower.run(sleep: self.agentBell.sleep) { news in
            await self.take(news, ofAgent: index)
          }
        }
      }
      for await monitor in newMonitors { group.addTask { await monitor.run() } }
      group.cancelAll()
    }
  }

  /// Takes in what an agent told.
  func take(_ news: AgentNews, ofAgent index: Int) async {
    agents.take(news, of: index, at: clock.now())
    if news.clusters != nil { await addMonitors(ofAgent: index) }
    for name in news.dropped { await monitors.first { $0.name == name }?.forget(index) }
    for cluster in agents.clusters[index] {
      guard let monitor = monitors.first(where: { $0.name == cluster.name }) else { continue }
      await monitor.take(
        news.findings[cluster.name] ?? [:],
        cluster,
        agents.statuses[index],
        isComplete: agents.complete[index].contains(cluster.name),
        of: index
      )
    }
    didChange()
  }

  /// Makes monitors for the clusters of an agent that have none, and says which are shown otherwise.
  private func addMonitors(ofAgent index: Int) async {
    var remarks: [String] = []
    var shown: [AttachedCluster] = []
    for cluster in agents.clusters[index] {
      if let monitor = monitors.first(where: { $0.name == cluster.name }) {
        if let remark = await monitor.refusal(of: cluster) {
          remarks.append(remark)
        } else {
          shown.append(cluster)
        }
        continue
      }
      let settings = agents.sources.followers[index].settings
      let monitor = makeAttachedMonitor(agents.sources.ownWay(cluster, settings), cluster.name)
      roster.add(monitor)
      if let library = ruleLibrary {
        await monitor.setRules(library.rules, faults: library.faults)
      }
      await monitor.take(notes)
      await monitor.pauseHealing(isHealingPaused)
      newMonitor.yield(monitor)
      shown.append(cluster)
    }
    agents.clusters[index] = shown
    agents.statuses[index].remark = remarks.isEmpty ? nil : remarks.joined(separator: " ")
  }

  /// Has a cluster read with the user's own credentials, where an agent tells of it.
  package nonisolated func readDirectly(_ cluster: String) async {
    await monitors.first { $0.name == cluster }?.readDirectly()
  }

  /// A cluster's monitor, of which it is known what it serves, where an agent tells of it: it is read from now
  /// on.
  nonisolated func readableMonitor(of cluster: String) async -> ClusterMonitor? {
    let monitor = monitors.first { $0.name == cluster }
    await monitor?.beReadable()
    return monitor
  }

  /// How it stands with agents of whose clusters nothing is shown: a row each, so that nobody overlooks them.
  func statusesOfAgentsAlone() -> [ClusterStatus] {
    let now = clock.now()
    return agents.statuses.indices.compactMap { index in
      let agent = agents.statuses[index]
      guard agents.clusters[index].isEmpty || agent.remark != nil else { return nil }
      var status = ClusterStatus(
        name: "agent \(agent.place)",
        server: agents.sources.followers[index].settings.url.text,
        connectionSince: agent.since,
        now: now
      )
      status.agents = [agent]
      status.isAgentAlone = true
      switch agent.connection {
      case .lost(let reason): status.connection = .disconnected(reason)
      case .connecting: break
      case .following: status.connection = agent.remark.map { .unusable($0) } ?? .connecting
      }
      return status
    }
  }
}

extension ClusterMonitor {
  /// Why what an agent tells of a cluster of this name is not shown; `nil` where it is.
  fileprivate func refusal(of cluster: AttachedCluster) -> String? {
    guard let attachment else {
      return "\(name) is patrolled directly, so that what the agent tells of it is not shown."
    }
    guard !cluster.uid.isEmpty, !attachment.uid.isEmpty, cluster.uid != attachment.uid else {
      return nil
    }
    return
      "Another agent tells of another cluster that is called \(name), too: give the contexts of the "
      + "agents different names."
  }
}
