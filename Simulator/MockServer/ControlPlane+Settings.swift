import HTTPTransport
import SimulationKit
import WireJSON

extension ControlPlane {
    /// Every setting of both CRMs, as it is now.
    func settings() throws -> HTTPResponse {
        let settings = self.world.with { state, _ in WorldSettings(state) }
        let node = try settings.node
        return ControlReply.json { root in
            for member in node.members {
                root.name(member.name)
                member.value.write(into: &root)
            }
        }
    }

    /// Changes what the object names, all of it or nothing; answers what is so changed.
    func changeSettings(_ json: JSON) throws {
        try self.world.with { state, now in
            var next = state
            try WorldSettings(state).changed(by: json).apply(to: &next, at: now)
            state = next
        }
    }
}
