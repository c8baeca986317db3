import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// What the streams bring, and how they stand.
extension ClusterMonitor {
  /// Takes in what a stream delivers; the stream waits meanwhile.
  func receive(
    _ event: StreamEvent,
    of resource: APIResource,
    in namespace: String?,
    _ run: Int? = nil
  ) async {
    let id = ResourceStream.ID(kind: resource.kind, namespace: namespace)
    guard streams[id]?.resource == resource, run == nil || streams[id]?.run == run
    else { return }
    switch event {
    // What comes says nothing of the other streams, and may come thousands of times a second.
    case .changes(let changes): return take(changes, of: id)
    case .listing, .part:
      take(event, of: id)
      return didChange()
    case .completed, .replaced, .state: break
    }
    // Until it is known whether a part may be read, it is not said that nothing may.
    if namespace == nil, case .state(.forbidden) = event {
      let isNarrowed = await narrow(resource)
      guard !isNarrowed, streams[id]?.resource == resource else { return noteStreams() }
    }
    take(event, of: id)
    noteStreams()
  }

  private func take(_ event: StreamEvent, of id: ResourceStream.ID) {
    let wasSynced = streams[id]?.isSynced == true
    switch event {
    case .listing(let received, _):
      streams[id]?.brokenSince = nil
      if wasSynced { streams[id]?.listed = received }
    case .part(let snapshots, let startsList):
      streams[id]?.brokenSince = nil
      take(snapshots, of: id, startsList: startsList)
    case .completed:
      if let list = streams[id]?.firstList.take() {
        if wasSynced { relists += 1 }
        update { graph, touched in graph.end(list, touching: &touched) }
        forgetLivePacks(of: id.kind)
      }
      noteList(of: id)
    case .replaced(let snapshots, _):
      noteEvents(snapshots.count)
      if wasSynced { relists += 1 }
      update { graph, touched in
        graph.replace(id.kind, in: id.namespace, with: snapshots, touching: &touched)
      }
      noteLivePacks(snapshots, of: id.kind)
      forgetLivePacks(of: id.kind)
      noteList(of: id)
    case .changes(let changes): take(changes, of: id)
    case .state(let state): note(state, of: id)
    }
  }

  private func take(_ changes: [ObjectChange], of id: ResourceStream.ID) {
    noteEvents(changes.count)
    if openRows?.rows.query.kind == id.kind { hasNewVersions = true }
    update { graph, touched in
      for change in changes {
        switch change {
        case .upserted(let snapshot): graph.upsert(snapshot, touching: &touched)
        case .deleted(let key, _): graph.remove(key, touching: &touched)
        }
      }
    }
    if id.kind == ConfigMap.kind {
      noteLivePacks(
        changes.compactMap(\.upserted),
        gone: changes.compactMap(\.deleted),
        of: id.kind
      )
    }
    noteDefinitions(id.kind)
  }

  /// Takes in the next objects of a stream's first list.
  private func take(_ snapshots: [ObjectSnapshot], of id: ResourceStream.ID, startsList: Bool) {
    noteEvents(snapshots.count)
    let begun = startsList ? nil : streams[id]?.firstList.take()
    var list = begun ?? graph.beginList(of: id.kind, in: id.namespace)
    update { graph, touched in graph.add(snapshots, to: &list, touching: &touched) }
    noteLivePacks(snapshots, of: id.kind)
    streams[id]?.firstList = list
  }

  /// Notes that a list is in the graph.
  private func noteList(of id: ResourceStream.ID) {
    streams[id]?.isSynced = true
    streams[id]?.listCount += 1
    streams[id]?.isFresh = true
    streams[id]?.doubt = nil
    streams[id]?.listed = 0
    wasListed = true
    noteKnowledge(of: id.kind)
    noteDefinitions(id.kind)
    noteListForRules(of: id)
    noteListForCoverage(of: id)
  }

  private func note(_ state: StreamState, of id: ResourceStream.ID) {
    streams[id]?.state = state
    switch state {
    case .connecting, .listing: break
    case .watching:
      if streams[id]?.isFresh == false { resumes += 1 }
      streams[id]?.isFresh = false
      streams[id]?.brokenSince = nil
      streams[id]?.hasAskedDiscovery = false
      if streams[id]?.isSynced == true { streams[id]?.doubt = nil }
      noteKnowledge(of: id.kind)
    case .waiting(_, let reason): noteFailure(reason, of: id)
    case .forbidden(let reason):
      streams[id]?.doubt = reason
      noteKnowledge(of: id.kind)
      rest(id)
    case .signedOut(let reason):
      streams[id]?.doubt = reason
      noteKnowledge(of: id.kind)
    case .unsupported(let reason):
      streams[id]?.doubt = reason
      noteKnowledge(of: id.kind)
      noteUnsupported(id)
    }
  }

  /// Notes that a stream does not run; nobody waits for ever for a first list that fails.
  private func noteFailure(_ reason: String, of id: ResourceStream.ID) {
    let now = clock.now()
    let since = streams[id]?.brokenSince ?? now
    streams[id]?.brokenSince = since
    if streams[id]?.isSynced == false, since + ResourceStream.firstListPatience <= now {
      streams[id]?.isGivenUp = true
      streams[id]?.doubt = reason
      noteKnowledge(of: id.kind)
    }
    armAlarm()
  }

  private func noteEvents(_ count: Int) {
    let now = clock.now()
    events.add(count, at: now)
    eventCount += count
    lastEvent = now
  }

  /// Works out whether a kind is known, and where, from its streams.
  func noteKnowledge(of kind: ObjectKind) {
    let streams = streams.values.filter { $0.resource.kind == kind }
    let knowledge = Knowledge(streams)
    let isForbidden = !streams.isEmpty && streams.allSatisfy(\.isForbidden)
    update { graph, touched in
      graph.setKnowledge(of: kind, to: knowledge, isForbidden: isForbidden, touching: &touched)
    }
    noteSight()
  }

  /// Works out the state of the connection from those of its streams.
  func noteStreams() {
    if !isSynced, firstInspection == nil, !streams.isEmpty,
      streams.values.allSatisfy(\.isSettled)
    {
      inspectFirstLists()
    }
    endGrowing()
    // What may not be read says nothing about the connection.
    let readable = streams.values.lazy.filter { $0.isReadable || $0.signedOutReason != nil }
    let broken = readable.compactMap(\.complaint)
    if let reason = streams.values.lazy.compactMap(\.signedOutReason).first {
      setConnection(.signedOut(reason))
    } else if let reason = broken.first, broken.count == readable.count {
      setConnection(.disconnected(reason))
    } else {
      setConnection(isSynced ? .watching : .syncing)
    }
    didChange()
  }

  /// Inspects what the first lists brought as something that was there before.
  private func inspectFirstLists() {
    let listed = clock.now()
    syncDuration = started.elapsed(to: listed)
    guard beginInspectingInParts() else { return endFirstInspection(of: listed) }
    firstInspection = Task { [weak self] in
      await self?.inspectInParts()
      await self?.endFirstInspection(of: listed)
      await self?.noteStreams()
    }
  }

  private func endFirstInspection(of listed: Timestamp) {
    firstInspectionDuration = listed.elapsed(to: clock.now())
    firstInspection = nil
    isSynced = true
    inspector.endNewness()
    startRemoteChecks()
    endSyncingWindow()
    recordFirstLook()
    FreeMemory.giveBack()
    FilePages.letGo()
    FilePages.letGoSoon()
    wasListed = false
  }

  func setConnection(_ new: ClusterStatus.Connection) {
    guard new != connection else { return }
    connection = new
    connectionSince = clock.now()
    didChange()
  }
}

extension ObjectChange {
  fileprivate var upserted: ObjectSnapshot? {
    if case .upserted(let snapshot) = self { snapshot } else { nil }
  }

  fileprivate var deleted: ObjectKey? {
    if case .deleted(let key, _) = self { key } else { nil }
  }
}
