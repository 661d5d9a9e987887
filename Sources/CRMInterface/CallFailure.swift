package import HTTPTransport
package import SyncCore

/// Why the gate has no reply to hand back.
package enum CallFailure: Error, Sendable, Hashable {
    /// The transport failed; its `reach` says whether the CRM can have acted.
    case transport(TransportError)
    /// The gate did not send: a limit is used up, or the run is ending.
    case refused(SyncError)
}
