package import Inspection
package import KubernetesObjects
package import WireFormats

/// What is written down of a plan before anything of it is sent.
///
/// It holds no part of what is sent: of Secrets, that would be their values.
package struct HealIntent: Sendable, Equatable {
  /// What a journal knows a plan by that was begun.
  package struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    package var description: String { String(number) }
  }

  /// One step in words.
  package struct Step: Sendable, Equatable {
    package let target: ObjectKey
    package let summary: String
    package let precondition: String
    /// The same by hand.
    package let command: String
  }

  package let time: Timestamp
  package let cause: HealPlan.Cause
  package let subject: VertexID
  /// The context.
  package let cluster: String
  package let server: String
  /// Who the server takes the user for; `nil` where it does not tell.
  package let kubernetesUser: String?
  package let remedy: RemedyID
  package let title: String
  /// Why the plan helps.
  package let benefit: String
  package let disruption: HealPlan.Disruption
  package let undo: String
  package let steps: [Step]
  package let grade: Grade
  package let verdicts: [GuardrailVerdict]
  /// Why the user wants it; empty where nothing asked for a reason.
  package let reason: String
  /// The policy that began it without a person.
  package let policy: String?
  /// How many plans that policy may begin in a cluster within an hour.
  package let policyLimit: Int?
  /// Which of several it is that were confirmed together.
  package let place: BatchPlace?
  package let batch: BatchIntent.ID?

  /// How the plan was agreed to.
  package enum Grade: String, Sendable {
    case key
    case typedName = "typed name"
    case typedReason = "typed cluster and reason"
    /// By a policy, without a person.
    case policy
  }

  package init(
    _ confirmed: ConfirmedPlan,
    server: String,
    kubernetesUser: String?,
    at time: Timestamp
  ) {
    let plan = confirmed.plan
    self.time = time
    cause = plan.cause
    subject = plan.subject
    cluster = plan.cluster
    self.server = server
    self.kubernetesUser = kubernetesUser
    remedy = plan.remedy
    title = plan.title
    benefit = plan.reason
    disruption = plan.disruption
    undo = plan.undo
    steps = plan.steps.map { step in
      Step(
        target: step.target,
        summary: step.summary,
        precondition: step.precondition,
        command: plan.commandByHand(step)
      )
    }
    grade = confirmed.grade
    verdicts = plan.verdicts
    reason = confirmed.reason
    policy = confirmed.policy?.name
    policyLimit = confirmed.policy?.perHour
    place = confirmed.place
    batch = confirmed.batch
  }
}

/// A call that is about to be made.
package struct HealCall: Sendable, Equatable {
  /// The index of the plan's step.
  package let step: Int
  package let time: Timestamp
  package let target: ObjectKey
  package let method: String
  /// The path and the query at the server; of an inventory, the whole URL.
  package let path: String
  package let contentType: String
  /// What is sent, but for the values of Secrets; null where nothing is.
  package let body: JSONValue
  /// What the target was like just before, but for the values of a Secret; `nil` where it is not there,
  /// or is none of the cluster.
  package let backup: JSONValue?
}

/// What came of a call.
package struct HealAnswer: Sendable, Equatable {
  package enum Result: Sendable, Equatable {
    /// What the server then called the object that it answered with; empty where it answered with none.
    case accepted(uid: String, resourceVersion: String)
    case refused(String)
  }

  /// The index of the plan's step.
  package let step: Int
  package let time: Timestamp
  package let result: Result
}

/// What the watch stream showed of a plan that was carried out.
package enum HealProof: String, Sendable {
  case healed
  /// What the plan wanted is there, and the finding stays.
  case done
  case didNotHelp = "did not help"
  /// The finding was healed, and is there again.
  case cameBack = "came back"
}
