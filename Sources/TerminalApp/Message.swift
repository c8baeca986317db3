package import Healing
package import Inspection
package import Journal
package import KubernetesClient
package import KubernetesObjects
package import Monitoring

/// What comes to the screens from outside.
package enum Message: Sendable {
  /// Pages made earlier are stale.
  case stale
  /// A second has passed, and it is now so late: what ages, ages on the screen.
  case tick(Timestamp)
  case statuses([ClusterStatus])
  /// How the clusters stood in the last hour.
  case history(FleetHistory)
  case findings(FindingsPage, for: FindingsQuery)
  /// The findings that a query has, to be marked.
  case marked([Finding], for: FindingsQuery)
  case detail(FindingDetail?, for: FindingID)
  case catalogue(CataloguePage, ofCluster: String?)
  case rows(ResourcesPage, for: ResourcesQuery)
  case cells([ObjectCells])
  case column(ColumnProgress, of: ColumnQuery)
  /// An object as its API server had it at a time.
  case object(ObjectAnswer, at: Timestamp, for: ClusterObject, isRevealed: Bool)
  case facts(FactsAnswer, for: ClusterObject)
  /// What is around a vertex of a cluster; `nil` where nobody knows of it.
  case surroundings(Surroundings?, at: Timestamp, of: VertexID, cluster: String)
  case events(ObjectEvents, about: ClusterObject)
  /// What came of a log since the last time; `nil` where nothing will come.
  case log(LogNews?, of: UInt64)
  /// The containers of a Pod, in one of which a shell is wanted.
  case containers([PodContainer], of: ClusterObject)
  /// As much time has passed as was to be waited.
  case waited(number: Int)
  case vocabulary(Vocabulary)
  /// Something that was asked for could not be done, for this reason, or was done.
  case notice(String)
  /// What it would take to do what was asked for.
  case proposed([Proposal])
  /// What the server says to a plan; `nil` where it was not asked.
  case rehearsed(Rehearsal?, of: HealPlan.ID)
  /// Plans that a screen shows, with another choice.
  case replanned([Proposal], of: [HealPlan.ID])
  /// The plans that wait for a person.
  case queue([QueuedPlan])
  /// What became of plans so far.
  case heals(HealReport, of: [HealPlan.ID])
  case journal(JournalPage, for: JournalQuery)
  /// What the journal knows of one of its lines.
  case journalDetail(JournalDetail, of: JournalEntry)
  /// What it would take to have an object as it was edited, and what to say of that.
  case edited([Proposal], remark: String?)
  /// The object that was asked for.
  case open(ClusterObject)
  /// The theme of this name is in use.
  case themed(String)
}

/// What came of asking for an object.
package enum ObjectAnswer: Sendable {
  case text(ObjectText)
  case failed(String)
}

/// What came of asking what there is to say of an object.
package enum FactsAnswer: Sendable {
  case facts(ObjectFacts)
  case failed(String)
}

/// What screens want to be done outside.
package enum Effect: Sendable, Equatable {
  case loadStatuses
  case loadHistory
  case loadFindings(FindingsQuery)
  /// Load the findings of a query's lines, to be marked.
  case loadMarks(FindingsQuery)
  case loadDetail(FindingID)
  /// Keep what the user says of findings.
  case addNotes([PendingNote])
  /// Keep a command under a name; `nil` forgets the name.
  case saveView(name: String, command: String?)
  /// Ask how the checks are doing in all clusters, or in one.
  case loadCatalogue(ofCluster: String?)
  case loadRows(ResourcesQuery)
  /// Ask API servers what `kubectl get` would print of these objects.
  case loadCells([ClusterObject])
  /// Load the first, or the next, page of the cells by which rows are to be sorted.
  case loadColumn(ColumnQuery, isFirst: Bool)
  /// Ask for a whole object; of a Secret with its values only where they are to be revealed.
  case loadObject(ClusterObject, revealing: Bool)
  /// Ask for what there is to say of an object.
  case loadFacts(ClusterObject)
  case loadSurroundings(VertexID, cluster: String)
  case loadEvents(ClusterObject)
  /// Wait for what comes of a log; begin with it where it is a new one.
  case readLog(LogRequest)
  case closeLog(UInt64)
  /// Open the object that owns another.
  case findOwner(ClusterObject)
  /// Open a shell in a container of a Pod; ask in which, where none is named and it has several.
  case openShell(ClusterObject, container: String?)
  /// Have the user edit an object, and propose what was changed.
  case edit(ClusterObject)
  /// Write lines into a file with about this name, and tell where.
  case saveText(name: String, lines: [String])
  /// Say something until the next key.
  case tell(String)
  case wait(Duration, number: Int)
  case loadVocabulary
  /// Show everything in the colours of the theme with this name.
  case useTheme(String)
  case useMouse(Bool)
  case suspend
  /// Draw everything anew.
  case redraw
  /// Write lines of text, named after what they are, to a file.
  case save([String], named: String)
  /// Write what is to be remembered.
  case keep(KeptState)
  /// Put a text on the clipboard, told as `what`.
  case copy(String, what: String)
  case heal(ConfirmedPlan)
  case healAll(ConfirmedBatch)
  /// Stop a plan that is being carried out.
  case abortHeal(HealPlan.ID)
  /// Work out what it would take to do this to objects, and ask whether it is to be done.
  case propose(ObjectAction, [ClusterObject])
  /// The same, to heal findings.
  case proposeRemedies([Finding])
  /// Work out plans anew, with another choice of what becomes of what deleted objects own.
  case replan([HealPlan], deleting: DeleteOptions.Propagation)
  /// Have the server check a plan without doing it.
  case rehearse(HealPlan)
  case loadHeals([HealPlan.ID])
  /// Stop what is being carried out of plans, and begin none that wait.
  case abortHeals([HealPlan.ID])
  /// Make plans of the queue anew, to be confirmed.
  case proposeQueued([QueuedPlan])
  case loadQueue
  /// Take plans out of the queue.
  case reject([QueuedPlan])
  /// Have nothing healed from now on, or go on with it.
  case pauseHealing
  case loadJournal(JournalQuery)
  case loadJournalDetail(JournalEntry)
  /// Work out how a heal can be taken back, and ask whether it is to be.
  case proposeUndo(HealIntent.ID)
  /// Work out anew what of plans that were confirmed together was not begun, and ask whether it is to be done.
  case proposeRest(BatchIntent.ID)
  /// Try this cluster again at once.
  case retry(cluster: String)
  /// Have a cluster read directly of which an agent tells.
  case readDirectly(cluster: String)
}

/// What the user says of a finding, before it is known who and when.
package struct PendingNote: Sendable, Equatable {
  package let content: FindingNote.Content
  package let finding: FindingID
  package let reason: String

  package init(_ content: FindingNote.Content, of finding: FindingID, reason: String) {
    self.content = content
    self.finding = finding
    self.reason = reason
  }
}

extension ConfirmedPlan: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.plan == right.plan && left.reason == right.reason
  }
}

extension ConfirmedBatch: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.plans == right.plans && left.stopsAtFailure == right.stopsAtFailure
  }
}
