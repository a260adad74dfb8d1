package dev.hyperflow.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that all ask at once, in a process of their own: each has a connection, and no request is
 * sent before all are connected. One thread.
 */
final class Crowd {
  private static final int BLOCK = 16 * 1024;
  private static final int CONNECTING_AT_A_TIME = 250;
  private static final long LOOK_MILLIS = 100;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final long endNanos;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int connecting;
  private int connected;
  private int done;

  /** A client. */
  private static final class Member {
    private final SocketChannel channel;
    private final StringBuilder answer = new StringBuilder();
    private ByteBuffer toSend;

    private Member(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private Crowd(InetSocketAddress address, byte[] request, long seconds) {
    this.address = address;
    this.request = ByteBuffer.wrap(request).asReadOnlyBuffer();
    this.endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Prints how many got which answer, and how long connecting and answering took.
   *
   * @param args port, path of a POST, its body, number of clients, most seconds
   */
  public static void main(String[] args) throws IOException {
    byte[] body = args[2].getBytes(StandardCharsets.UTF_8);
    byte[] request =
        String.join(
                "\r\n",
                "POST " + args[1] + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + body.length,
                "",
                args[2])
            .getBytes(StandardCharsets.UTF_8);
    int port = Integer.parseInt(args[0]);
    new Crowd(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            request,
            Long.parseLong(args[4]))
        .run(Integer.parseInt(args[3]));
  }

  private void run(int size) throws IOException {
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      while (connected < size && isInTime()) {
        while (members.size() < size && connecting < CONNECTING_AT_A_TIME) {
          connect(selector);
        }
        look(selector);
      }
      long ready = System.nanoTime();
      for (Member member : members) {
        member.toSend = request.duplicate();
        member.channel.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
      }
      while (done < size && isInTime()) {
        look(selector);
      }
      long end = System.nanoTime();
      outcomes.put("hung", size - done);
      outcomes.put("connectMillis", (int) TimeUnit.NANOSECONDS.toMillis(ready - start));
      outcomes.put("answerMillis", (int) TimeUnit.NANOSECONDS.toMillis(end - ready));
      outcomes.forEach((name, count) -> System.out.println(name + "=" + count));
      for (Member member : members) {
        member.channel.close();
      }
    }
  }

  private boolean isInTime() {
    return System.nanoTime() - endNanos < 0;
  }

  private void connect(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Member member = new Member(channel);
    members.add(member);
    connecting++;
    channel.register(selector, SelectionKey.OP_CONNECT, member);
    channel.connect(address);
  }

  private void look(Selector selector) throws IOException {
    selector.select(
        key -> {
          Member member = (Member) key.attachment();
          try {
            if (key.isConnectable() && member.channel.finishConnect()) {
              connecting--;
              connected++;
              key.interestOps(0);
            } else if (key.isWritable()) {
              member.channel.write(member.toSend);
              if (!member.toSend.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
              }
            } else if (key.isReadable()) {
              read(key, member);
            }
          } catch (IOException e) {
            end(key, "broken");
          }
        },
        LOOK_MILLIS);
  }

  private void read(SelectionKey key, Member member) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    int read = member.channel.read(block);
    if (read < 0) {
      end(key, "broken");
      return;
    }
    member.answer.append(new String(block.array(), 0, read, StandardCharsets.ISO_8859_1));
    int head = member.answer.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    String headers = member.answer.substring(0, head).toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(headers);
    if (length.find() && member.answer.length() - head - 4 >= Integer.parseInt(length.group(1))) {
      String status = headers.split(" ", 3)[1];
      boolean needsRetry = status.equals("503") || status.equals("429");
      boolean saysWhen = headers.contains("\r\nretry-after: ");
      end(key, needsRetry && !saysWhen ? status + "-without-retry-after" : status);
    }
  }

  /** Its connection stays open until all have come to their end. */
  private void end(SelectionKey key, String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
    done++;
    key.cancel();
  }
}
