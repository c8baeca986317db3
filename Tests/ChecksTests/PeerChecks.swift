/// What other programs check, and which of our checks finds the same.
enum PeerChecks {
  struct Row {
    let peer: String
    /// popeye's code, kor's kind, k8sgpt's analyzer.
    let name: String
    let finds: String
    /// Our checks; empty where we have none.
    let ours: [String]
    /// Why we have none, or what differs.
    let note: String
  }

  static let peers = ["popeye", "kor", "k8sgpt"]

  /// From popeye's `codes.yaml` (5d07838), kor's `pkg/kor` (c140d86) and k8sgpt's `analyzer.go`
  /// (05247a8); a dash begins the reason why there is none of ours.
  private static let text = """
    popeye | 100 | image without a tag | risk/image-latest
    popeye | 101 | image tagged latest | risk/image-latest
    popeye | 102 | no probes | risk/no-probes
    popeye | 103 | no liveness probe | risk/no-probes | one that has a readiness probe is left alone: restarts mend little, and make outages worse
    popeye | 104 | no readiness probe | risk/no-probes
    popeye | 105 | probe by a port's number | – style: a number works as well as a name
    popeye | 106 | no requests or limits | risk/no-requests
    popeye | 107 | no limits | risk/no-limits | of memory; limits of processor time are not asked for
    popeye | 108 | port without a name | – style
    popeye | 109 | processor time near its request | risk/utilisation
    popeye | 110 | memory near its request | risk/utilisation
    popeye | 111 | processor time near its limit | risk/utilisation
    popeye | 112 | memory near its limit | risk/utilisation, unhealthy/out-of-memory
    popeye | 113 | image of a registry that is not allowed | – which are allowed is each team's own rule
    popeye | 200–203 | Pod terminating or waiting | stuck/terminating, stuck/creating | popeye defines them and emits none
    popeye | 204 | Pod not ready | unhealthy/pod-not-ready
    popeye | 205 | restarts | unhealthy/pod-restarts, stuck/crash-loop | by their rate: five restarts in a year are none
    popeye | 206 | no disruption budget | risk/no-budget
    popeye | 207 | bad phase | unhealthy/pod-failed, stuck/unschedulable, stuck/creating
    popeye | 208 | Pod without a controller | dangling/unmanaged-pod
    popeye | 209 | several budgets select a Pod | conflict/disruption-budgets
    popeye | 300 | default ServiceAccount | risk/default-service-account
    popeye | 301 | token is mounted | risk/token-automount
    popeye | 302 | Pod may run as root | risk/root-user
    popeye | 303 | account mounts its token | risk/token-automount
    popeye | 304 | account names an absent Secret | dangling/account-secret, dangling/pod-secret | of those that somebody needs
    popeye | 305 | account names an absent pull Secret | dangling/account-secret
    popeye | 306 | container may run as root | risk/root-user
    popeye | 307 | absent ServiceAccount | dangling/pod-service-account, dangling/role-binding-subject
    popeye | 308 | default account is bound to a role | risk/default-service-account
    popeye | 400 | unused object | dangling/configmap, dangling/secret, dangling/service-account, dangling/role, dangling/cluster-role, dangling/claim-unused, dangling/gateway-class-unused, dangling/namespace-empty
    popeye | 401 | unused key | – a program reads keys of a file as it likes: nearly all of it is noise
    popeye | 402 | no metrics server | unhealthy/metrics-missing | where somebody needs it
    popeye | 403 | deprecated API | risk/deprecated-api
    popeye | 404 | deprecation could not be checked | – it is told as not inspected
    popeye | 405 | old Kubernetes | – no inconsistency; the clusters screen shows the version
    popeye | 406 | Kubernetes is fine | – no finding
    popeye | 407 | something names an absent object | dangling/gateway-class, dangling/gateway-parent, dangling/gateway-backend
    popeye | 500 | scaled to zero | dangling/scaled-to-zero
    popeye | 501 | too few available | unhealthy/workload
    popeye | 503–506 | requests too small or too large | risk/utilisation
    popeye | 507 | Deployment's account is absent | dangling/pod-service-account
    popeye | 508 | controller's selector matches no Pod | unhealthy/workload, stuck/replica-creation
    popeye | 600 | autoscaler's target is absent | dangling/autoscaler-target
    popeye | 602, 603 | autoscaler's burst exceeds the cluster | risk/hpa-burst
    popeye | 604, 605 | all autoscalers' bursts together do | – they hardly ever come together; each is looked at
    popeye | 700 | taint that no Pod tolerates | risk/taint-untolerated
    popeye | 701 | unknown condition of a Node | unhealthy/node-not-ready, unhealthy/node-condition
    popeye | 702 | Node not ready | unhealthy/node-not-ready, unhealthy/node-silent
    popeye | 703–707 | Node short of something | unhealthy/node-pressure
    popeye | 708 | no metrics of Nodes | unhealthy/metrics-missing
    popeye | 709, 710 | Node's use above a threshold | risk/utilisation
    popeye | 711 | Node cordoned | stuck/cordoned
    popeye | 712 | one control plane Node | – defined, and emitted nowhere
    popeye | 800 | inactive namespace | stuck/namespace-terminating
    popeye | 900 | budget selects no Pod | dangling/disruption-budget
    popeye | 901 | minAvailable above the number of Pods | stuck/disruption-budget
    popeye | 1000 | available volume | dangling/volume-unclaimed
    popeye | 1001 | pending volume | stuck/claim | a volume is pending for moments; its claim is what waits
    popeye | 1002 | failed volume | unhealthy/volume-failed
    popeye | 1003 | pending claim | stuck/claim, dangling/storage-class
    popeye | 1004 | lost claim | dangling/claim-lost
    popeye | 1100 | selector matches no Pod | dangling/service-selector
    popeye | 1101 | Pod without explicit ports | – ports need not be declared
    popeye | 1102 | target port by number | – style
    popeye | 1103 | type LoadBalancer | – a choice, and no fault
    popeye | 1104 | type NodePort | risk/node-port
    popeye | 1105 | no endpoints | dangling/service-endpoints
    popeye | 1106 | no target port | dangling/service-target-port
    popeye | 1107, 1108 | traffic policy does not suit the type | risk/load-balancer-policy
    popeye | 1109 | single endpoint | risk/single-endpoint, risk/single-replica
    popeye | 1110 | endpoints without subsets | dangling/service-endpoints, drift/endpoints-missing
    popeye | 1120 | unhealthy ReplicaSet | unhealthy/workload
    popeye | 1200 | policy selects no Pod | dangling/network-policy
    popeye | 1201 | policy's namespace selector matches none | dangling/network-policy
    popeye | 1202, 1208 | policy's peer selector matches no Pod | dangling/network-policy
    popeye | 1203 | allow-all or deny-all | risk/open-policy
    popeye | 1204, 1205 | no policy for a Pod | risk/no-network-policy | told once a namespace
    popeye | 1206, 1207 | address block without a Pod | – blocks mean what is outside of the cluster
    popeye | 1300 | binding without its role or account | dangling/role-binding-role, dangling/role-binding-subject
    popeye | 1400 | load balancer's port has an error | unhealthy/load-balancer
    popeye | 1401 | Ingress without its Service | dangling/ingress-backend
    popeye | 1402 | Ingress without its port | dangling/ingress-port
    popeye | 1403 | Ingress by a port's number | – style
    popeye | 1404 | Ingress without a port | – the API server refuses it
    popeye | 1500 | CronJob suspended | stuck/cron-job-suspended
    popeye | 1501 | CronJob without an active Job | – that is how it is between its runs
    popeye | 1502, 1503 | CronJob did not run, or fails | stuck/cron-job
    popeye | 1600–1604 | stale CiliumIdentity | – Cilium's operator collects them within 15 minutes
    popeye | 1700, 1701 | Cilium policy selects nothing | – policies of Cilium's own kinds are not read
    popeye | 1702 | CiliumEndpoint of an unknown Node | drift/node-name | seen from the Pod
    popeye | 1703, 1704 | CiliumEndpoint of an absent owner | dangling/owner
    kor | ConfigMap | nobody uses it | dangling/configmap
    kor | Secret | nobody uses it | dangling/secret
    kor | Service | no endpoints | dangling/service-selector, dangling/service-endpoints
    kor | ServiceAccount | nobody uses it | dangling/service-account
    kor | Deployment, StatefulSet | scaled to zero | dangling/scaled-to-zero
    kor | DaemonSet | wanted on no Node | – a DaemonSet waits for its Nodes: that is what it is for
    kor | ReplicaSet | no replicas | dangling/replica-set | those that a Deployment keeps to roll back to are left out
    kor | Role | nobody has it | dangling/role
    kor | ClusterRole | nobody has it | dangling/cluster-role
    kor | RoleBinding, ClusterRoleBinding | role or account is absent | dangling/role-binding-role, dangling/role-binding-subject
    kor | HorizontalPodAutoscaler | target is absent | dangling/autoscaler-target
    kor | PersistentVolume | not bound | dangling/volume-unclaimed, dangling/volume-released, dangling/volume-claim-gone
    kor | PersistentVolumeClaim | nobody mounts it | dangling/claim-unused, dangling/claim-of-scaled-down-set
    kor | Ingress | Service is absent | dangling/ingress-backend
    kor | PodDisruptionBudget | selects no Pod | dangling/disruption-budget
    kor | CustomResourceDefinition | no instance | dangling/definition-unused
    kor | Pod | evicted, crash loop | dangling/finished-pod, unhealthy/pod-failed, stuck/crash-loop
    kor | Job | finished or failed | dangling/finished-job, stuck/job
    kor | StorageClass | nobody uses it | dangling/storage-class-unused
    kor | NetworkPolicy | selects no Pod | dangling/network-policy
    kor | VolumeAttachment | volume, Node or driver is absent | dangling/volume-attachment, dangling/csi-driver
    kor | PriorityClass | nobody uses it | dangling/priority-class
    kor | Namespace | nothing in it | dangling/namespace-empty
    kor | Gateway | class is absent | dangling/gateway-class
    kor | finalizer | deletion waits for a finalizer | stuck/terminating
    kor | Argo Rollouts | Rollouts without a workload | – a kind of one project; mentions of others in custom objects count as uses
    k8sgpt | Pod | unschedulable, waiting, failing, not ready | stuck/unschedulable, stuck/scheduling-gated, stuck/creating, stuck/crash-loop, stuck/image-pull, stuck/container-config, unhealthy/pod-failed, unhealthy/pod-not-ready, unhealthy/out-of-memory
    k8sgpt | Deployment | rollout stands, replicas differ | stuck/rollout, unhealthy/workload
    k8sgpt | ReplicaSet | Pods cannot be created | stuck/replica-creation
    k8sgpt | StatefulSet | Service or class is absent, Pods do not run | dangling/stateful-service, dangling/storage-class, stuck/stateful-rollout, unhealthy/workload
    k8sgpt | DaemonSet | unavailable, pull Secret is absent | stuck/daemon-rollout, unhealthy/workload, dangling/pod-pull-secret
    k8sgpt | Job | suspended, failed | stuck/job
    k8sgpt | CronJob | suspended, bad schedule, bad deadline | stuck/cron-job, stuck/cron-job-suspended, unhealthy/cron-schedule
    k8sgpt | PersistentVolumeClaim | provisioning fails | stuck/claim
    k8sgpt | Service | no or unready endpoints, warnings | dangling/service-selector, dangling/service-endpoints, unhealthy/event-burst
    k8sgpt | Ingress | class, Service or Secret is absent | dangling/ingress-class, dangling/ingress-backend, dangling/ingress-tls-secret
    k8sgpt | Node | bad conditions | unhealthy/node-not-ready, unhealthy/node-pressure, unhealthy/node-condition
    k8sgpt | ValidatingWebhookConfiguration, MutatingWebhookConfiguration | nobody answers | dangling/webhook-service
    k8sgpt | ConfigMap | unused, empty, too large | dangling/configmap, risk/config-size
    k8sgpt | HorizontalPodAutoscaler | target is absent or unfit, conditions | dangling/autoscaler-target, unhealthy/autoscaler-target, stuck/autoscaler
    k8sgpt | PodDisruptionBudget | no disruption allowed | stuck/disruption-budget, dangling/disruption-budget
    k8sgpt | NetworkPolicy | selects everything or nothing | dangling/network-policy, risk/open-policy
    k8sgpt | Log | errors in logs | – logs are not read: they say what each program likes
    k8sgpt | GatewayClass, Gateway, HTTPRoute | not accepted, absent backend or parent | stuck/gateway, dangling/gateway-class, dangling/gateway-parent, dangling/gateway-backend, dangling/gateway-grant
    k8sgpt | Storage | several defaults, Released, Failed, Lost | conflict/default-class, dangling/volume-released, unhealthy/volume-failed, dangling/claim-lost | small volumes are none of ours
    k8sgpt | Security | default account, wildcards, privileged, root | risk/default-service-account, risk/wildcard-role, risk/privileged, risk/root-user
    k8sgpt | ClusterCatalog, ClusterExtension, ClusterServiceVersion, Subscription, InstallPlan, CatalogSource, OperatorGroup | OLM's conditions | unhealthy/condition | by their conditions, as for every custom kind
    k8sgpt | ValidatingAdmissionPolicy | expressions that fail | – the API server tells whoever writes the policy
    """

  static let rows: [Row] = text.split(separator: "\n").map { line in
    let fields = line.split(separator: " | ").map(String.init)
    let third = fields[3]
    guard !third.hasPrefix("– ") else {
      return Row(
        peer: fields[0],
        name: fields[1],
        finds: fields[2],
        ours: [],
        note: String(third.dropFirst(2))
      )
    }
    return Row(
      peer: fields[0],
      name: fields[1],
      finds: fields[2],
      ours: third.split(separator: ",").map { String($0.drop { $0 == " " }) },
      note: fields.count > 4 ? fields[4] : ""
    )
  }
}
