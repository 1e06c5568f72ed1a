//! The states and kinds that CloudHSM and EC2 name.

use crate::text::words;

words! {
    /// The state of a cluster (AWS CloudHSM API Reference, "Cluster").
    ClusterState {
        /// It is being made.
        CreateInProgress = "CREATE_IN_PROGRESS",
        /// It has no certificate yet.
        Uninitialized = "UNINITIALIZED",
        /// It gets its certificate.
        InitializeInProgress = "INITIALIZE_IN_PROGRESS",
        /// It has its certificate, and is not activated yet.
        Initialized = "INITIALIZED",
        /// It can be used: the only state in which it can.
        Active = "ACTIVE",
        /// Its HSMs are being changed.
        UpdateInProgress = "UPDATE_IN_PROGRESS",
        /// It is being changed.
        ModifyInProgress = "MODIFY_IN_PROGRESS",
        /// A change is being taken back.
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        /// It is being deleted.
        DeleteInProgress = "DELETE_IN_PROGRESS",
        /// It is gone; what is left can be restored from its backups.
        Deleted = "DELETED",
        /// It does not work as it should.
        Degraded = "DEGRADED",
    }
    /// The state of an HSM (AWS CloudHSM API Reference, "Hsm").
    HsmState {
        /// It is being made.
        CreateInProgress = "CREATE_IN_PROGRESS",
        /// It works.
        Active = "ACTIVE",
        /// It does not work as it should.
        Degraded = "DEGRADED",
        /// It is being deleted.
        DeleteInProgress = "DELETE_IN_PROGRESS",
        /// It is gone.
        Deleted = "DELETED",
    }
    /// The type of a load balancer behind a VPC endpoint service.
    LoadBalancer {
        /// A Network Load Balancer, which custom key stores demand.
        Network = "network",
        /// A Gateway Load Balancer.
        Gateway = "gateway",
    }
    /// Whether the domain of a private DNS name is known to be the owner's (EC2 API Reference, "PrivateDnsNameConfiguration").
    DomainState {
        /// It is.
        Verified = "verified",
        /// It is not known yet.
        PendingVerification = "pendingVerification",
        /// It could not be shown.
        Failed = "failed",
    }
}
