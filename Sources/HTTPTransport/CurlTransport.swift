import CCurl
import Dispatch
import Foundation

/// HTTP by libcurl's multi interface on one thread of its own.
///
/// Requests beyond `inFlightMax` wait in order: libcurl's own queue is unfair. Retries are not
/// made here, as only the caller knows what may be repeated.
package final class CurlTransport: HTTPTransport, @unchecked Sendable {
    private struct Inbox {
        var waiting: [CurlTransfer] = []
        var isShutDown = false
        var multi: OpaquePointer?
    }

    private let settings: CurlSettings
    private let inbox = Locked(Inbox())
    // Touched by the thread only.
    private var running: [ObjectIdentifier: CurlTransfer] = [:]
    private var idle: [OpaquePointer] = []
    private let ended = DispatchSemaphore(value: 0)

    package init(settings: CurlSettings) {
        self.settings = settings
        _ = Self.globalInit
        let multi = curl_multi_init()
        self.inbox.withLock { $0.multi = multi }
        if let multi {
            duet_curl_multi_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        }
        let thread = Thread { [self] in self.loop() }
        thread.name = "duet-curl"
        thread.start()
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try self.check(request)
        let isCancelled = Locked(false)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.add(
                    CurlTransfer(
                        request: request,
                        replyMax: self.settings.replyMax,
                        isCancelled: isCancelled,
                        continuation: continuation
                    )
                )
            }
        } onCancel: {
            isCancelled.withLock { $0 = true }
            self.wake()
        }
        return try result.get()
    }

    /// Fails what waits, ends the thread and waits for it.
    package func shutDown() {
        let isFirst = self.inbox.withLock { inbox in
            defer { inbox.isShutDown = true }
            return !inbox.isShutDown
        }
        guard isFirst else { return }
        self.wake()
        self.ended.wait()
    }

    // MARK: - Any thread

    /// Refuses what must not leave this machine: a token over plain http, a header that is two.
    private func check(_ request: HTTPRequest) throws(TransportError) {
        guard let parts = URLComponents(string: request.url), let host = parts.host else {
            throw TransportError(
                code: .badURL,
                reach: .notSent,
                message: "The address is not a URL."
            )
        }
        guard request.headers.allSatisfy({ Self.isOneLine($0.name) && Self.isOneLine($0.value) })
        else {
            throw TransportError(
                code: .other,
                reach: .notSent,
                message: "A header for \(host) holds a line break."
            )
        }
        switch parts.scheme {
        case "https": return
        case "http" where self.settings.allowsPlainHTTP || Self.isLoopback(host): return
        default:
            throw TransportError(
                code: .badURL,
                reach: .notSent,
                message: "\(host) must be reached by https: a token would travel in clear text."
            )
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" || host == "::1" { return true }
        // All four numbers: a name can start with "127." too.
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil } && numbers[0] == "127"
    }

    private static func isOneLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 }
    }

    private func add(_ transfer: CurlTransfer) {
        let refusal = self.inbox.withLock { inbox -> TransportError? in
            if inbox.isShutDown { return Self.shutDownError }
            guard inbox.waiting.count < self.settings.waitingMax else {
                return TransportError(
                    code: .other,
                    reach: .notSent,
                    message: "Too many requests wait already."
                )
            }
            inbox.waiting.append(transfer)
            // Woken inside the lock, so that the handle cannot be freed in between.
            if let multi = inbox.multi { curl_multi_wakeup(multi) }
            return nil
        }
        if let refusal { transfer.fail(refusal) }
    }

    private func wake() {
        self.inbox.withLock { inbox in
            if let multi = inbox.multi { _ = curl_multi_wakeup(multi) }
        }
    }

    private static let shutDownError = TransportError(
        code: .shutDown,
        reach: .notSent,
        message: "The run is ending."
    )

    private static let globalInit: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    // MARK: - The thread

    private func loop() {
        defer { self.ended.signal() }
        guard let multi = self.inbox.withLock({ $0.multi }) else { return }
        while true {
            let isShutDown = self.inbox.withLock { $0.isShutDown }
            self.dropCancelled(multi)
            if isShutDown { break }
            self.admit(multi)
            var active: Int32 = 0
            curl_multi_perform(multi, &active)
            self.collect(multi)
            if self.inbox.withLock({ $0.waiting.isEmpty || self.isFull }) {
                curl_multi_poll(multi, nil, 0, 1_000, nil)
            }
        }
        self.close(multi)
    }

    private var isFull: Bool { self.running.count >= self.settings.inFlightMax }

    private func admit(_ multi: OpaquePointer) {
        while !self.isFull {
            let next = self.inbox.withLock { inbox in
                inbox.waiting.isEmpty ? nil : inbox.waiting.removeFirst()
            }
            guard let transfer = next else { return }
            if transfer.isCancelled.withLock({ $0 }) {
                transfer.fail(Self.cancelled(.notSent))
                continue
            }
            guard let handle = self.idle.popLast() ?? curl_easy_init() else {
                transfer.fail(
                    TransportError(code: .other, reach: .notSent, message: "libcurl has no memory.")
                )
                continue
            }
            transfer.handle = handle
            transfer.headerList = CurlHandle.prepare(handle, transfer, self.settings)
            self.running[ObjectIdentifier(transfer)] = transfer
            curl_multi_add_handle(multi, handle)
        }
    }

    private func collect(_ multi: OpaquePointer) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            // Both are read before the handle is removed: the message dies with it.
            let code = duet_curl_result(message)
            guard let handle = message.pointee.easy_handle else { continue }
            var pointer: UnsafeMutableRawPointer?
            duet_curl_get_pointer(handle, CURLINFO_PRIVATE, &pointer)
            guard let pointer else { continue }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
            self.finish(transfer, handle, code)
            self.release(transfer, multi, reuses: true)
        }
    }

    private func finish(_ transfer: CurlTransfer, _ handle: OpaquePointer, _ code: CURLcode) {
        if code == CURLE_OK {
            var status = 0
            duet_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
            transfer.succeed(status: status)
            return
        }
        let host = URLComponents(string: transfer.request.url)?.host ?? "the server"
        transfer.fail(
            CurlFailure.error(
                code,
                wasBegun: transfer.wasBegun,
                isTooLarge: transfer.isTooLarge,
                host: host
            )
        )
    }

    private func dropCancelled(_ multi: OpaquePointer) {
        for transfer in Array(self.running.values) where transfer.isCancelled.withLock({ $0 }) {
            self.release(transfer, multi, reuses: false)
            transfer.fail(Self.cancelled(.maybeSent))
        }
        let dropped = self.inbox.withLock { inbox in
            let dropped = inbox.waiting.filter { $0.isCancelled.withLock { $0 } }
            inbox.waiting.removeAll { transfer in dropped.contains { $0 === transfer } }
            return dropped
        }
        for transfer in dropped { transfer.fail(Self.cancelled(.notSent)) }
    }

    private func release(_ transfer: CurlTransfer, _ multi: OpaquePointer, reuses: Bool) {
        guard let handle = transfer.handle else { return }
        curl_multi_remove_handle(multi, handle)
        if reuses, self.idle.count < self.settings.inFlightMax {
            curl_easy_reset(handle)
            self.idle.append(handle)
        } else {
            curl_easy_cleanup(handle)
        }
        curl_slist_free_all(transfer.headerList)
        transfer.handle = nil
        transfer.headerList = nil
        self.running[ObjectIdentifier(transfer)] = nil
    }

    private func close(_ multi: OpaquePointer) {
        for transfer in Array(self.running.values) {
            self.release(transfer, multi, reuses: false)
            var error = Self.shutDownError
            error.reach = .maybeSent
            transfer.fail(error)
        }
        for handle in self.idle { curl_easy_cleanup(handle) }
        self.idle = []
        let waiting = self.inbox.withLock { inbox in
            defer { inbox.waiting = [] }
            inbox.multi = nil
            return inbox.waiting
        }
        for transfer in waiting { transfer.fail(Self.shutDownError) }
        curl_multi_cleanup(multi)
    }

    private static func cancelled(_ reach: TransportError.Reach) -> TransportError {
        TransportError(code: .cancelled, reach: reach, message: "The request was cancelled.")
    }
}
