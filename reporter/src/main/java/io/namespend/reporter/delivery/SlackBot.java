package io.namespend.reporter.delivery;

import com.google.gson.JsonParseException;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.SlackFilesUploadV2Exception;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.files.FilesUploadV2Request;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.files.FilesUploadV2Response;
import com.slack.api.model.block.LayoutBlock;
import io.namespend.reporter.delivery.SlackPatience.BusyException;
import io.namespend.reporter.prometheus.Pause;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A Slack channel through a bot: the digest, and in its thread the chart and the long table. */
public final class SlackBot implements Channel {
  private static final String MESSAGE = "message";

  private final MethodsClient slack;
  private final String channel;
  private final SlackPatience patience;

  /**
   * @param channel its name or, better, its id
   */
  public SlackBot(MethodsClient slack, String channel, Pause pause) {
    this.slack = slack;
    this.channel = channel;
    patience = new SlackPatience(pause);
  }

  @Override
  public String key() {
    return "slack:" + channel;
  }

  @Override
  public void send(Parcel parcel, Receipts receipts) {
    Posted message = message(parcel, receipts);
    if (receipts.of("table").isEmpty()) {
      post(
          "All lines",
          SlackBlocks.table(parcel.wholePage()),
          message.channel(),
          Optional.of(message.time()));
      receipts.add("table", "sent");
    }
    if (receipts.of("chart").isEmpty() && parcel.chart().isPresent()) {
      upload(parcel, parcel.chart().get().png(), message);
      receipts.add("chart", "sent");
    }
  }

  /** Where a message is: uploads and threads need the id that Slack gave its channel. */
  private record Posted(String channel, String time) {}

  private Posted message(Parcel parcel, Receipts receipts) {
    Optional<String> receipt = receipts.of(MESSAGE);
    if (receipt.isPresent()) {
      String[] parts = receipt.get().split("/", 2);
      return new Posted(parts[0], parts.length > 1 ? parts[1] : "");
    }
    ChatPostMessageResponse response =
        post(
            SlackBlocks.fallback(parcel.page()),
            SlackBlocks.message(parcel.page()),
            channel,
            Optional.empty());
    Posted posted =
        new Posted(Objects.requireNonNullElse(response.getChannel(), channel), response.getTs());
    receipts.add(MESSAGE, posted.channel() + "/" + posted.time());
    return posted;
  }

  private ChatPostMessageResponse post(
      String text, List<LayoutBlock> blocks, String where, Optional<String> thread) {
    ChatPostMessageRequest request =
        ChatPostMessageRequest.builder()
            .channel(where)
            .text(text)
            .blocks(blocks)
            .threadTs(thread.orElse(null))
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    return call(() -> slack.chatPostMessage(request));
  }

  private void upload(Parcel parcel, byte[] chart, Posted message) {
    FilesUploadV2Request request =
        FilesUploadV2Request.builder()
            .channel(message.channel())
            .threadTs(message.time())
            .filename(parcel.fileName() + ".png")
            .fileData(chart)
            .title("Cost of each day")
            .altTxt("Cost of each day beside the week before")
            .build();
    FilesUploadV2Response response = call(() -> slack.filesUploadV2(request));
    if (!response.isOk()) {
      throw SlackErrors.of(response.getError());
    }
  }

  @FunctionalInterface
  private interface Method<T> {
    T send() throws IOException, SlackApiException, SlackFilesUploadV2Exception;
  }

  private <T extends SlackApiTextResponse> T call(Method<T> method) {
    return patience.send(
        () -> {
          try {
            T response = method.send();
            if (!response.isOk()) {
              throw SlackErrors.of(response.getError());
            }
            return response;
          } catch (JsonParseException e) {
            throw SlackErrors.ofPage(200, e);
          } catch (SlackApiException e) {
            throw refused(e);
          } catch (SlackFilesUploadV2Exception e) {
            throw failed(e);
          }
        });
  }

  private static DeliveryException failed(SlackFilesUploadV2Exception e) {
    return e.getGetURLResponses().stream()
        .filter(response -> !response.isOk())
        .findFirst()
        .map(response -> SlackErrors.of(response.getError()))
        .orElseGet(
            () ->
                e.getCompleteResponse() == null
                    ? new DeliveryException("Slack did not take the chart", e)
                    : SlackErrors.of(e.getCompleteResponse().getError()));
  }

  private static BusyException refused(SlackApiException e) throws IOException {
    int status = e.getResponse().code();
    if (BusyException.isBusy(status)) {
      return new BusyException(
          status, Objects.requireNonNullElse(e.getResponse().header("Retry-After"), ""));
    }
    if (SlackErrors.isPage(e.getResponseBody())) {
      throw SlackErrors.ofPage(status, e);
    }
    throw SlackErrors.of(e.getError() == null ? "HTTP " + status : e.getError().getError());
  }
}
