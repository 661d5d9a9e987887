package import CRMInterface
import HTTPTransport
package import SyncCore

extension SalesforceConnection {
    package func write(
        _ batch: [RecordWrite],
        priority: PriorityClass,
        hold: CallHold
    ) async -> WriteReply {
        let built = self.requests.write(batch, collectionMax: self.limits.writeCollectionMax)
        let call = CallDescription(
            endpoint: "composite",
            purpose: "write",
            object: batch.first?.object,
            records: batch.count,
            priority: priority,
            hold: hold
        )
        do {
            let reply = try await self.sendOnce(built.request, call)
            let sorted = SalesforceWriteReply.outcomes(
                reply.response,
                built.parts,
                self.configuration.apiVersion
            )
            return WriteReply(
                outcomes: sorted.outcomes,
                sent: reply.sent,
                ended: reply.ended,
                serverTime: HTTPDate.serverTime(of: reply.response),
                failure: sorted.failure
            )
        } catch {
            return WriteFailure.reply(batch, error, SalesforceFailures.error(error))
        }
    }
}
