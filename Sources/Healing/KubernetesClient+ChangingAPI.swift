package import KubernetesClient

extension KubernetesClient: ChangingAPI {}
