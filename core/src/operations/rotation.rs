//! Rotation of key material: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct DisableKeyRotationRequest {
        KeyId key_id: Required KeyIdType,
    }

    pub(super) struct EnableKeyRotationRequest {
        KeyId key_id: Required KeyIdType,
        RotationPeriodInDays rotation_period_in_days: Optional RotationPeriodInDaysType,
    }

    pub(super) struct GetKeyRotationStatusRequest {
        KeyId key_id: Required KeyIdType,
    }

    pub(super) struct GetKeyRotationStatusResponse {
        KeyRotationEnabled key_rotation_enabled: Optional BooleanType,
        KeyId key_id: Optional KeyIdType,
        RotationPeriodInDays rotation_period_in_days: Optional RotationPeriodInDaysType,
        NextRotationDate next_rotation_date: Optional DateType,
        OnDemandRotationStartDate on_demand_rotation_start_date: Optional DateType,
    }

    pub(super) struct ListKeyRotationsRequest {
        KeyId key_id: Required KeyIdType,
        IncludeKeyMaterial include_key_material: Optional IncludeKeyMaterial,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub(super) struct ListKeyRotationsResponse {
        Rotations rotations: Optional RotationsList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Optional BooleanType,
    }

    pub(super) struct RotateKeyOnDemandRequest {
        KeyId key_id: Required KeyIdType,
    }

    pub(super) struct RotateKeyOnDemandResponse {
        KeyId key_id: Optional KeyIdType,
    }
}
