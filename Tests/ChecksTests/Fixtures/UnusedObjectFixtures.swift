import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static let settings = ConfigMap.object("settings")
  private static let password = Secret.object("password")
  private static let account = ServiceAccount.object("cart")
  private static let owner = CustomRecord.widget()

  private static func reading(_ source: ConfigurationReference.Source, _ name: String) -> Deployment
  {
    Deployment.object {
      $0.template = .with {
        $0.configurations = [ConfigurationReference(source, in: .variables, name: name)]
      }
    }
  }

  private static func secret(_ name: String, type: String) -> FixtureWorld {
    [Secret.object(name) { $0.type = type }]
  }

  static let unusedObjects: [CheckID: CheckFixture] = [
    "dangling/configmap": CheckFixture(
      firesAbout: "shop/settings",
      in: [settings, reading(.configMap, "other"), ConfigMap.object("other")],
      silent: [
        "a workload reads it": [settings, reading(.configMap, "settings")],
        "a CronJob reads it between its runs": [
          settings,
          CronJob.object {
            $0.template = .with {
              $0.configurations = [
                ConfigurationReference(.configMap, in: .volume, name: "settings")
              ]
            }
          },
        ],
        "a custom resource mentions it":
          [settings, mentioning("spec.configMapRef.name", "settings")],
        "something owns it": [ConfigMap.object("settings", owners: [.to(owner)]), owner],
        "each namespace has one": [ConfigMap.object("kube-root-ca.crt")],
        "the control plane reads it":
          [ConfigMap.object("extension-apiserver-authentication", namespace: "kube-system")],
        "a fresh cluster has it": [
          ConfigMap.object("cluster-info", namespace: "kube-public"),
          ConfigMap.object("kubeadm-config", namespace: "kube-system"),
          ConfigMap.object("kubelet-config", namespace: "kube-system"),
          ConfigMap.object(
            "kube-apiserver-legacy-service-account-token-tracking",
            namespace: "kube-system"
          ),
        ],
        "a controller holds it as a lock": [ConfigMap.object("operator-leader-election")],
        "a sidecar gathers it by its label": [
          ConfigMap.object("dashboard") { $0.metadata.labels = ["grafana_dashboard": "1"] }
        ],
        "it is being deleted": [ConfigMap.object("settings", deleted: .noon)],
      ]
    ),
    "dangling/priority-class": CheckFixture(
      firesAbout: "high",
      in: [PriorityClass.object("high")],
      silent: [
        "a workload has it": [
          PriorityClass.object("high"),
          Deployment.object { $0.template = .with { $0.priorityClass = "high" } },
        ],
        "the API server makes it": [PriorityClass.object("system-node-critical")],
        "it is the default": [PriorityClass.object("normal") { $0.isGlobalDefault = true }],
      ]
    ),
    "dangling/secret": CheckFixture(
      firesAbout: "shop/password",
      in: [password],
      silent: [
        "a workload reads it": [password, reading(.secret, "password")],
        "images are pulled with it": [
          password, Deployment.object { $0.template = .with { $0.pullSecrets = ["password"] } },
        ],
        "an account pulls images with it":
          [password, ServiceAccount.object { $0.pullSecrets = ["password"] }],
        "an Ingress serves it": [password, Ingress.object { $0.tlsSecrets = ["password"] }],
        "a driver reaches its storage with it": [
          password,
          StorageClass.object("rbd") {
            $0.secretParameters = [
              "csi.storage.k8s.io/node-stage-secret-name": "password",
              "csi.storage.k8s.io/node-stage-secret-namespace": "shop",
            ]
          },
        ],
        "a custom resource mentions it": [password, mentioning("spec.secretName", "password")],
        "something owns it": [Secret.object("password", owners: [.to(owner)]), owner],
        "it is a Helm release":
          secret("sh.helm.release.v1.cart.v1", type: "helm.sh/release.v1"),
        "machines join with it":
          secret("bootstrap-token-abcdef", type: "bootstrap.kubernetes.io/token"),
        "it is an account's token":
          secret("ci-token", type: "kubernetes.io/service-account-token"),
        "a controller finds it by its label": [
          Secret.object("repository") {
            $0.metadata.labels = ["argocd.argoproj.io/secret-type": "repository"]
          }
        ],
      ]
    ),
    "dangling/service-account": CheckFixture(
      firesAbout: "shop/cart",
      in: [account],
      silent: [
        "a workload runs as it": [
          account, Deployment.object { $0.template = .with { $0.serviceAccount = "cart" } },
        ],
        "a binding gives it a role": [
          account,
          RoleBinding.object {
            var subject = RoleSubject()
            subject.kind = "ServiceAccount"
            subject.name = "cart"
            subject.namespace = "shop"
            $0.subjects = [subject]
          },
        ],
        "each namespace has one": [ServiceAccount.object("default")],
        "a part of the controller manager signs in with it":
          [ServiceAccount.object("deployment-controller", namespace: "kube-system")],
      ]
    ),
    "dangling/storage-class-unused": CheckFixture(
      firesAbout: "fast",
      in: [StorageClass.object("fast")],
      silent: [
        "a claim is of it": [
          StorageClass.object("fast"),
          PersistentVolumeClaim.object("data") { $0.storageClass = "fast" },
        ],
        "it is the default": [
          StorageClass.object("fast") {
            $0.metadata.annotations = ["storageclass.kubernetes.io/is-default-class": "true"]
          }
        ],
        "the provider installs it": [StorageClass.object("azurefile-csi")],
      ]
    ),
  ]
}
